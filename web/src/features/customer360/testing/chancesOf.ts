import type { Chances } from "../chances.logic";

/** A customer's chances as a model said them, for tests. */
export function chancesOf(change: Partial<Chances> = {}): Chances {
  return {
    mode: "model",
    why_not: "",
    model: 3,
    trained_at: "2011-09-01T00:00:00Z",
    as_of: "2011-09-09T23:00:00Z",
    horizon_days: 90,
    probability: 0.62,
    by: [
      { day: 30, chance: 0.66 },
      { day: 60, chance: 0.7 },
      { day: 90, chance: 0.73 },
    ],
    curve: [
      { day: 0, chance: 0.62 },
      { day: 30, chance: 0.66 },
      { day: 60, chance: 0.7 },
      { day: 90, chance: 0.73 },
    ],
    from_today: true,
    at_stake: 12_000,
    money_at_risk: 7_440,
    similar: {
      of: 200,
      lost: 126,
      share: 0.63,
      low: 0.56,
      high: 0.69,
      base_rate: 0.42,
      text: "过去与此相近的 200 家客户中，126 家流失（63%，95%区间 56%–69%）；全部客户 42%",
    },
    ...change,
  };
}
