import type { Schemas } from "@/shared/api/client";
import type { Backtest, Figures, Interval } from "../backtest/backtest.logic";
import { ruleDocument } from "./fixtures";

export const interval = (value: number | null, change: Partial<Interval> = {}): Interval => ({
  value,
  low: value === null ? null : value * 0.8,
  high: value === null ? null : value * 1.2,
  n: 240,
  ...change,
});

export function figuresOf(change: Partial<Figures> = {}): Figures {
  return {
    base_rate: interval(0.2),
    precision: interval(0.45),
    recall: interval(0.3),
    lift: interval(2.25),
    lead_days: interval(62),
    alerts_per_week: 14.2,
    alerts_per_owner_week: 1.4,
    flagged: 310,
    ...change,
  };
}

const customer = (id: number, change: Partial<Schemas["BacktestCustomer"]> = {}): Schemas["BacktestCustomer"] => ({
  customer_id: id,
  key: `C-${id}`,
  name: `Customer ${id}`,
  first_flagged: "2011-03-01",
  lost_on: "2011-05-02",
  lead_days: 62,
  ...change,
});

export function backtestOf(change: Partial<Backtest> = {}): Backtest {
  return {
    id: 5,
    status: "done",
    progress: 1,
    error: null,
    subject: { kind: "rule", rule: ruleDocument, rule_id: 7 },
    every: "month",
    origins: 2,
    start: "2011-02-01",
    end: "2011-03-01",
    horizon_days: 90,
    figures: figuresOf(),
    live: null,
    by_origin: [
      { as_of: "2011-02-01", eligible: 1800, flagged: 120, lost: 300, hits: 50 },
      { as_of: "2011-03-01", eligible: 1900, flagged: 130, lost: 310, hits: 61 },
    ],
    caught: Array.from({ length: 12 }, (_, index) => customer(101 + index)),
    missed: [customer(201, { first_flagged: null, lead_days: null })],
    false_alarms: [],
    counts: { caught: 111, missed: 499, false_alarms: 0 },
    without_history: [],
    notes: [],
    created_at: "2011-09-09T21:00:00Z",
    finished_at: "2011-09-09T21:00:09Z",
    ...change,
  };
}
