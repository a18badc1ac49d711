import { expect, it } from "vitest";
import { asksMore, falseAlarm, isFalseReason, knownReason, plainVerdict } from "./verdict.logic";

it("BEY-03 asks only where an answer is needed", () => {
  expect(asksMore("valid")).toBe(false);
  expect(asksMore("too_late")).toBe(false);
  expect(asksMore("false_alarm")).toBe(true);
  expect(asksMore("known")).toBe(true);
});

it("BEY-03 sends the reason of a false alarm", () => {
  expect(falseAlarm("seasonal")).toEqual({
    verdict: "false_alarm",
    reason: "seasonal",
    signal: "",
    until: null,
    note: "",
  });
  expect(plainVerdict("valid").reason).toBe("");
  expect(isFalseReason("project")).toBe(true);
  expect(isFalseReason("")).toBe(false);
});

it("BEY-03 sends which reason is known and until when, on the workspace's calendar", () => {
  expect(knownReason("order_drop", "2011-10-10", " 装修停业 ", "2011-09-09T23:00:00Z", "Europe/London")).toEqual({
    verdict: "known",
    reason: "",
    signal: "order_drop",
    until: "2011-10-10T08:00:00.000Z",
    note: "装修停业",
  });
});
