import { describe, expect, it } from "vitest";
import { choiceOf, hasRoom, isOverdue, isSame, monthsFor } from "./keeping.logic";
import { backupOf, keepingOf, keptOf } from "./testing/keepingOf";

const NOW = "2026-11-23T10:00:00Z";

describe("months to choose from", () => {
  it.each([
    [6, null, [6, 12, 18, 24, 36, 48, 60, 84, 120]],
    [13, null, [13, 18, 24, 36, 48, 60, 84, 120]],
    [6, 7, [6, 7, 12, 18, 24, 36, 48, 60, 84, 120]],
    [120, null, [120]],
  ])("are never fewer than %d and hold what was chosen (%s)", (least, months, offered) =>
    expect(monthsFor({ least, months })).toEqual(offered),
  );
});

describe("a choice", () => {
  it("is what is stored until somebody changes it", () => {
    const stored = choiceOf([keptOf({ group: "usage", months: 12 }), keptOf({ group: "trade" })]);
    expect(stored).toEqual({ usage: 12, talk: null, trade: null });
    expect(isSame(stored, { usage: 12, talk: null, trade: null })).toBe(true);
    expect(isSame(stored, { ...stored, talk: 6 })).toBe(false);
  });
});

describe("a backup is overdue", () => {
  const nightly = (made_at: string) => keepingOf({ backups: [backupOf({ made_at, reason: "nightly" })] });
  it.each([
    ["2026-11-23T02:00:00Z", false],
    ["2026-11-21T10:00:01Z", false],
    ["2026-11-21T09:59:59Z", true],
  ])("made at %s: %s", (made_at, overdue) => expect(isOverdue(nightly(made_at), NOW)).toBe(overdue));

  it("where none was ever made by itself, but not where none is wanted", () => {
    const byHand = keepingOf({ backups: [backupOf({ reason: "manual", made_at: NOW })] });
    expect(isOverdue(byHand, NOW)).toBe(true);
    expect(isOverdue({ ...byHand, nightly: 0 }, NOW)).toBe(false);
  });
});

it("has room for one more like the newest, with a fifth to spare", () => {
  const backups = [backupOf({ bytes: 100 })];
  expect(hasRoom({ backups, free_bytes: 121 })).toBe(true);
  expect(hasRoom({ backups, free_bytes: 119 })).toBe(false);
  expect(hasRoom({ backups: [], free_bytes: 0 })).toBe(true);
});
