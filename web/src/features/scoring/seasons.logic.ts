import { mapOf, numberOr, type Plain } from "./plain.logic";

/** 季节与活动: on its days the weights are multiplied. Days are MM-DD (every year), YYYY-MM-DD, or a period of the calendar. */
export interface Season {
  name: string;
  from: string;
  to: string;
  period: string;
  multipliers: Record<string, number>;
  enabled: boolean;
}

export type SeasonKind = "yearly" | "dates" | "period";

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

export function readSeason(plain: Plain): Season {
  return {
    name: textOf(plain.name),
    from: textOf(plain.from),
    to: textOf(plain.to),
    period: textOf(plain.period),
    multipliers: mapOf(plain.multipliers, (factor) => numberOr(factor, 1)),
    enabled: plain.enabled !== false,
  };
}

export function kindOf({ period, from }: Pick<Season, "period" | "from">): SeasonKind {
  if (period) return "period";
  return from.length > 5 ? "dates" : "yearly";
}

/** The same season by other days; the month and day are kept where there are any. */
export function withKind(season: Season, kind: SeasonKind, year: number, period = ""): Season {
  if (kind === "period") return { ...season, from: "", to: "", period };
  const from = season.from.slice(-5) || "01-01";
  const to = season.to.slice(-5) || "01-31";
  if (kind === "yearly") return { ...season, from, to, period: "" };
  const ends = to < from ? year + 1 : year;
  return { ...season, from: `${year}-${from}`, to: `${ends}-${to}`, period: "" };
}

export const newSeason = (name: string): Season => ({
  name,
  from: "11-01",
  to: "11-12",
  period: "",
  multipliers: {},
  enabled: true,
});

/** A factor of 1 changes nothing and is not kept. */
export function withFactor(season: Season, family: string, factor: number): Season {
  const { [family]: _, ...others } = season.multipliers;
  return { ...season, multipliers: factor === 1 ? others : { ...others, [family]: factor } };
}

/** Whether a day (YYYY-MM-DD) lies in a season that does not go by the calendar, as on the server. */
export function holdsOn({ enabled, from, to, period }: Season, day: string): boolean {
  if (!enabled || period) return false;
  if (from.length > 5) return from <= day && day <= to;
  const today = day.slice(5);
  return from <= to ? from <= today && today <= to : today >= from || today <= to;
}
