import { describe, expect, it } from "vitest";
import { bodyOf, EMPTY_DRAFT, isReady, withResult } from "./followUp.logic";

const now = "2011-09-09T23:00:00Z";
const zone = "Europe/London";

describe("ALT-13 a follow-up in two taps", () => {
  it("is ready after the result alone", () => {
    expect(isReady(EMPTY_DRAFT)).toBe(false);
    expect(isReady(withResult(EMPTY_DRAFT, "reached", now, zone))).toBe(true);
  });
  it("is ready with a note alone, and then is a note", () => {
    const draft = { ...EMPTY_DRAFT, note: " 客户在休假 " };
    expect(isReady(draft)).toBe(true);
    expect(bodyOf(draft, "k", now, zone)).toEqual({
      result: "note",
      note: "客户在休假",
      next_at: null,
      done: false,
      request_key: "k",
    });
  });
  it("proposes to call again tomorrow when nobody answered", () => {
    const draft = withResult(EMPTY_DRAFT, "missed", now, zone);
    expect(draft.next).toBe("2011-09-11");
    expect(bodyOf(draft, "k", now, zone).next_at).toBe("2011-09-11T08:00:00.000Z");
  });
  it("needs a date where the customer asked for another time", () => {
    const draft = withResult(EMPTY_DRAFT, "rescheduled", now, zone);
    expect(draft.next).toBe("2011-09-13");
    expect(isReady(draft)).toBe(true);
    expect(isReady({ ...draft, next: "" })).toBe(false);
  });
  it("keeps a date that the person chose", () => {
    expect(withResult({ ...EMPTY_DRAFT, next: "2011-10-01" }, "missed", now, zone).next).toBe("2011-10-01");
  });
  it("does not finish a task by a call that nobody took", () => {
    const draft = withResult({ ...EMPTY_DRAFT, done: true }, "missed", now, zone);
    expect(draft.done).toBe(false);
  });
});
