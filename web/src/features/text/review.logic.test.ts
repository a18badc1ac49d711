import { describe, expect, it } from "vitest";
import { canJudge, nameOf, scoreOf, statusOf, stepTo, TAPS, tapOfKey } from "./review.logic";
import { itemOf, READING } from "./testing/textOf";

describe("one tap", () => {
  it("has a key each, and null agrees", () => {
    expect(TAPS.map(({ key }) => tapOfKey(key)?.said)).toEqual([null, 0, 30, 60, 90]);
    expect(tapOfKey("6")).toBeUndefined();
  });
});

describe("scoreOf", () => {
  it.each([
    ["0", 0],
    ["100", 100],
    [" 42.4 ", 42],
    ["101", null],
    ["-1", null],
    ["", null],
    ["多", null],
  ])("reads %j as %j", (text, score) => {
    expect(scoreOf(text)).toBe(score);
  });
});

describe("canJudge", () => {
  it("needs words that are seen, not deleted, and read", () => {
    expect(canJudge(itemOf())).toBe(true);
    expect(canJudge(itemOf({ masked: true }))).toBe(false);
    expect(canJudge(itemOf({ gone: true }))).toBe(false);
    expect(canJudge(itemOf({ reading: null }))).toBe(false);
    expect(canJudge(itemOf({ reading: { ...READING, negative: null } }))).toBe(false);
  });
});

describe("the list", () => {
  it("is walked by keys and stays at its ends", () => {
    expect([stepTo(0, "j", 3), stepTo(2, "ArrowDown", 3), stepTo(0, "k", 3), stepTo(1, "x", 3)]).toEqual([1, 2, 0, 1]);
  });

  it("names texts by their address, and knows its states", () => {
    expect(nameOf(itemOf())).not.toBe(nameOf(itemOf({ source: "mail" })));
    expect([statusOf("done"), statusOf("nonsense")]).toEqual(["done", "open"]);
  });
});
