import { describe, expect, it } from "vitest";
import {
  bodyOf,
  EMPTY,
  isReady,
  lineOf,
  percent,
  priceOf,
  questionsOf,
  reasonsOf,
  toggled,
  withCause,
} from "./feedback.logic";
import { answerOf, figuresOf, questions } from "./testing/interviewOf";

describe("离开访谈 (FBK-02)", () => {
  it("asks for a cause and a reason below it; another cause has other reasons", () => {
    const chosen = { ...withCause(EMPTY, "price"), reason: "rise" };
    expect(isReady(EMPTY)).toBe(false);
    expect(isReady(withCause(EMPTY, "price"))).toBe(false);
    expect(isReady(chosen)).toBe(true);
    expect(withCause(chosen, "price").reason).toBe("rise");
    expect(withCause(chosen, "service").reason).toBe("");
    expect(reasonsOf(questions, "price").map(({ code }) => code)).toEqual(["rise", "terms"]);
    expect(reasonsOf(questions, null)).toEqual([]);
    expect(reasonsOf(undefined, "price")).toEqual([]);
  });

  it("sends what was tapped and typed, once per key", () => {
    const draft = { ...EMPTY, cause: "price", reason: "rise", competitor: " 某宝 ", price: "-20", keptBy: ["price"] };
    expect(bodyOf(draft, "k")).toEqual({
      cause: "price",
      reason: "rise",
      competitor: "某宝",
      price: -20,
      kept_by: ["price"],
      would_return: "",
      why: "",
      improve: "",
      request_key: "k",
    });
  });

  it("takes whole percentages only", () => {
    expect(["-20", "", " ", "1.5", "abc", "0"].map(priceOf)).toEqual([-20, null, null, null, null, 0]);
  });

  it("takes a code in and out", () => {
    expect(toggled([], "a")).toEqual(["a"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  });

  it("draws satisfaction from the oldest to the newest, unknown scales left out", () => {
    expect(
      lineOf([answerOf({ satisfaction: 10 }), answerOf({ satisfaction: null }), answerOf({ satisfaction: 90 })]),
    ).toEqual([90, 10]);
    expect(percent(0.456)).toBe("46%");
    expect(percent(null)).toBe("—");
    expect(questionsOf(figuresOf())).toEqual(questions);
    expect(questionsOf(undefined)).toBeUndefined();
  });
});
