import type { Schemas } from "@/shared/api/client";
import { type Bands, type Level, levelOf } from "@/shared/lib/risk";

export type Signal = Schemas["SignalOut"];
export type Param = Schemas["ParamOut"];
export type Bin = Schemas["HistogramBin"];
export type Plain = Schemas["ScoreDraftIn"]["config"];

export interface SignalSetting {
  points: number;
  enabled: boolean;
  params: Record<string, number>;
}

/** A ScoreConfig as the server keeps it; what this editor does not touch (tiers) travels along unchanged. */
export interface ScoreConfig {
  base: number;
  signals: Record<string, SignalSetting>;
  bands: Bands;
  rest: Plain;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const numberOr = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

function settingOf(value: unknown): SignalSetting {
  const plain = isObject(value) ? value : {};
  const params = isObject(plain.params)
    ? Object.entries(plain.params).filter((entry): entry is [string, number] => typeof entry[1] === "number")
    : [];
  return { points: numberOr(plain.points, 0), enabled: plain.enabled !== false, params: Object.fromEntries(params) };
}

export function readConfig(plain: Plain, bands: Bands): ScoreConfig {
  const { base, signals, bands: own, ...rest } = plain;
  const given = isObject(own) ? own : {};
  return {
    base: numberOr(base, 0),
    signals: Object.fromEntries(
      Object.entries(isObject(signals) ? signals : {}).map(([key, value]) => [key, settingOf(value)]),
    ),
    bands: {
      early: numberOr(given.early, bands.early),
      medium: numberOr(given.medium, bands.medium),
      high: numberOr(given.high, bands.high),
    },
    rest,
  };
}

export function writeConfig({ base, signals, bands, rest }: ScoreConfig): Plain {
  return { ...rest, base, signals, bands };
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

export function byFamily(signals: readonly Signal[]): SignalGroup[] {
  const families = [...new Set(signals.map(({ family }) => family))];
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
