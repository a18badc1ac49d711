import { handledOf } from "@/features/team/testing/teamOf";
import type { Leaver, Report, ReportRow } from "../reports.logic";

export function leaverOf(change: Partial<Leaver> = {}): Leaver {
  return {
    customer: { id: 7, key: "C7", name: "宁波瑞安", name_is_sample: false },
    owner: { id: 2, name: "王芳", team: null },
    score: 93,
    change: 12,
    level: "high",
    tier: "high",
    annual_value: 24_000,
    expected_loss: 20_000,
    reason: "近 30 天下单减少 62%",
    last_contact: "2011-08-30",
    ...change,
  };
}

/** A report for tests. */
export function reportOf(change: Partial<Report> = {}): Report {
  return {
    week: "2011-09-05",
    since: "2011-08-29",
    until: "2011-09-04",
    made_at: "2011-09-05T03:00:00Z",
    is_live: false,
    customers: 1_204,
    levels: { high: 12, medium: 30, early: 41, normal: 1_121 },
    levels_before: { high: 9, medium: 30, early: 44, normal: 1_118 },
    high_value: 310_000,
    high_value_before: 280_000,
    raised: 17,
    closed: { calmed: 4, handled: 6 },
    outcomes: { repurchased: 3, churned: 1 },
    lost_value: 8_200,
    handled: handledOf(),
    leavers: [leaverOf()],
    ...change,
  };
}

export const weekRowOf = (week: string): ReportRow => ({
  week,
  made_at: `${week}T03:00:00Z`,
  high: 12,
  raised: 17,
  lost: 1,
});
