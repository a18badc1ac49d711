import type { Schemas } from "@/shared/api/client";
import { type Bands, type Level, levelOf } from "@/shared/lib/risk";
import { bandsFrom, isObject, listOf, mapOf, numberOr, type Plain, type SignalSetting, settingOf } from "./plain.logic";
import { type Profile, readProfile } from "./profiles.logic";
import { readSeason, type Season } from "./seasons.logic";

export type { Plain, SignalSetting } from "./plain.logic";
export type Signal = Schemas["SignalOut"];
export type Param = Schemas["ParamOut"];
export type Bin = Schemas["HistogramBin"];

/** First level of the indicators: a family's weight multiplies its signals' points; a blank name is the family's own. */
export interface Dimension {
  weight: number;
  name: string;
}

/** SCR-08: how far under its own usual period (or above its own past score) a customer is told, as a share 0–1. */
export interface Baseline {
  enabled: boolean;
  share: number;
  days: number;
  periods: number;
}

/** SCR-09 value tiers: by yearly money, or by the share of buyers that lie below (0.95: the top 5 %). */
export interface Tiers {
  by: "amount" | "percentile";
  high: number;
  mid: number;
}

/** A ScoreConfig as the server keeps it; what this editor does not know travels along unchanged. */
export interface ScoreConfig {
  base: number;
  dimensions: Record<string, Dimension>;
  signals: Record<string, SignalSetting>;
  bands: Bands;
  profiles: readonly Profile[];
  seasons: readonly Season[];
  baseline: Baseline;
  tiers: Tiers;
  rest: Plain;
}

export function readConfig(plain: Plain, bands: Bands): ScoreConfig {
  const { base, dimensions, signals, bands: own, profiles, seasons, baseline, tiers, ...rest } = plain;
  return {
    base: numberOr(base, 0),
    dimensions: mapOf(dimensions, dimensionOf),
    signals: mapOf(signals, settingOf),
    bands: bandsFrom(own, bands),
    profiles: listOf(profiles).map((profile) => readProfile(profile, bands)),
    seasons: listOf(seasons).map(readSeason),
    baseline: baselineOf(baseline),
    tiers: tiersOf(tiers),
    rest,
  };
}

export function writeConfig({ rest, ...parts }: ScoreConfig): Plain {
  return { ...rest, ...parts };
}

function baselineOf(value: unknown): Baseline {
  const plain = isObject(value) ? value : {};
  return {
    enabled: plain.enabled !== false,
    share: numberOr(plain.share, 0.2),
    days: numberOr(plain.days, 30),
    periods: numberOr(plain.periods, 6),
  };
}

const USUAL_TIERS = {
  amount: { by: "amount", high: 100_000, mid: 10_000 },
  percentile: { by: "percentile", high: 0.95, mid: 0.7 },
} as const;

function tiersOf(value: unknown): Tiers {
  const plain = isObject(value) ? value : {};
  const usual = USUAL_TIERS[plain.by === "percentile" ? "percentile" : "amount"];
  return { by: usual.by, high: numberOr(plain.high, usual.high), mid: numberOr(plain.mid, usual.mid) };
}

/** The other way of telling tiers apart, with its usual numbers. */
export const tiersBy = (by: Tiers["by"]): Tiers => USUAL_TIERS[by];

function dimensionOf(value: unknown): Dimension {
  const plain = isObject(value) ? value : {};
  return { weight: numberOr(plain.weight, 1), name: typeof plain.name === "string" ? plain.name : "" };
}

export const weightOf = ({ dimensions }: ScoreConfig, family: string) => dimensions[family]?.weight ?? 1;

export function withDimension(config: ScoreConfig, family: string, change: Partial<Dimension>): ScoreConfig {
  const before = config.dimensions[family] ?? { weight: 1, name: "" };
  return { ...config, dimensions: { ...config.dimensions, [family]: { ...before, ...change } } };
}

export function withSignal(config: ScoreConfig, key: string, change: Partial<SignalSetting>): ScoreConfig {
  const before = config.signals[key] ?? { points: 0, enabled: false, params: {} };
  return { ...config, signals: { ...config.signals, [key]: { ...before, ...change } } };
}

export function withParam(config: ScoreConfig, key: string, name: string, value: number): ScoreConfig {
  const params = config.signals[key]?.params ?? {};
  return withSignal(config, key, { params: { ...params, [name]: value } });
}

/** Three handles in rising order; a band may be empty but never upside down. */
export function bandsOf(values: readonly number[], before: Bands): Bands {
  const [early = before.early, medium = before.medium, high = before.high] = [...values].sort((a, b) => a - b);
  return { early, medium, high };
}

/** The histogram in the colours of other bands; a bar belongs to the level of its middle. */
export function recolour(bins: readonly Bin[], bands: Bands): Bin[] {
  return bins.map((bin) => ({ ...bin, level: levelOf(bin.start + 5, bands) }));
}

export function sameConfig(a: ScoreConfig, b: ScoreConfig): boolean {
  return JSON.stringify(sorted(writeConfig(a))) === JSON.stringify(sorted(writeConfig(b)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

export interface SignalGroup {
  family: string;
  signals: Signal[];
}

const FAMILIES = ["interaction", "consumption", "service", "key_action", "intent", "payment"];

/** Families in the order in which customers usually leave: they fall silent long before they say so. */
export function byFamily(signals: readonly Signal[]): SignalGroup[] {
  const families = [...new Set(signals.map(({ family }) => family))];
  families.sort((one, other) => FAMILIES.indexOf(one) - FAMILIES.indexOf(other));
  return families.map((family) => ({ family, signals: signals.filter((signal) => signal.family === family) }));
}

/** Percent parameters are shares on the wire and percents on the screen. */
export const toScreen = ({ unit }: Pick<Param, "unit">, value: number) =>
  unit === "percent" ? Math.round(value * 1000) / 10 : value;
export const fromScreen = ({ unit }: Pick<Param, "unit">, value: number) => (unit === "percent" ? value / 100 : value);

/** How many go up and how many go down, of all that change level. */
export function upAndDown(moves: readonly { before: Level; after: Level; count: number }[]): {
  up: number;
  down: number;
} {
  const rank: Record<Level, number> = { normal: 0, early: 1, medium: 2, high: 3 };
  const total = (wanted: (difference: number) => boolean) =>
    moves.filter(({ before, after }) => wanted(rank[after] - rank[before])).reduce((sum, { count }) => sum + count, 0);
  return { up: total((difference) => difference > 0), down: total((difference) => difference < 0) };
}
