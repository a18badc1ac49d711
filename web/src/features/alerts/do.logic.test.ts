import { describe, expect, it } from "vitest";
import { deedOf, formOf } from "./do.logic";

describe("what a card's link asks for", () => {
  it("is what the card's buttons are called", () => {
    expect(deedOf("claim")).toEqual({ kind: "claim" });
    expect(deedOf("snooze:3")).toEqual({ kind: "snooze", days: 3 });
    expect(deedOf("verdict:valid")).toEqual({ kind: "verdict", verdict: "valid" });
  });

  it.each(["", "claim:1", "snooze:", "snooze:0", "snooze:31", "snooze:-1", "snooze:1:2", "verdict:nonsense", "drop"])(
    "is nothing for %j",
    (text) => expect(deedOf(text)).toBeNull(),
  );

  it("opens a form where a tap alone says too little", () => {
    expect(formOf(deedOf("verdict:false_alarm"))).toBe("false_alarm");
    expect(formOf(deedOf("verdict:known"))).toBe("known");
    expect([formOf(deedOf("verdict:valid")), formOf(deedOf("claim")), formOf(null)]).toEqual([null, null, null]);
  });
});
