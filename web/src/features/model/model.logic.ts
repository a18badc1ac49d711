import type { EChartsCoreOption } from "echarts/core";
import type { Schemas } from "@/shared/api/client";

export type Definition = Schemas["LabelShape"];
export type LabelKind = Definition["kind"];
export type Row = Schemas["ModelRow"];
export type Version = Schemas["ModelVersionOut"];
export type Interval = Schemas["Interval"];
export type Compared = Schemas["ComparedOut"];
export type Weight = Schemas["WeightOut"];

export const KINDS = ["inactivity", "non_renewal", "event", "spend_drop", "outcome"] as const;
const ACCENT = "#2F54C8";
const RED = "#D4380D";

/** Which numbers of a definition its kind reads, in the order in which they are asked. */
export function fieldsOf(kind: LabelKind): readonly ("horizon_days" | "active_days" | "drop" | "grace_days")[] {
  if (kind === "non_renewal") return ["horizon_days", "grace_days"];
  if (kind === "spend_drop") return ["horizon_days", "active_days", "drop"];
  return ["horizon_days", "active_days"];
}

/** Whether the kind asks which activities are meant. */
export const readsKinds = (kind: LabelKind) => kind === "inactivity" || kind === "event" || kind === "spend_drop";

export const sameDefinition = (one: Definition, other: Definition) =>
  JSON.stringify({ ...one, kinds: [...one.kinds].sort() }) ===
  JSON.stringify({ ...other, kinds: [...other.kinds].sort() });

/** "0.778（0.767–0.789）"; a dash where nothing was measured. */
export function intervalText(figure: Interval | null | undefined, digits = 3): string {
  if (!figure || figure.value === null) return "—";
  const value = figure.value.toFixed(digits);
  if (figure.low === null || figure.high === null) return value;
  return `${value} (${figure.low.toFixed(digits)}–${figure.high.toFixed(digits)})`;
}

/** Weights that would change, the largest change first. */
export function changedWeights(weights: readonly Weight[]): Weight[] {
  return weights
    .filter(({ before, after }) => before !== after)
    .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before));
}

/** What may be done with a version in its state. */
export function actionsOf({ status, stage }: Pick<Row, "status" | "stage">) {
  const waiting = status === "candidate" || status === "shadow";
  return {
    cancel: status === "training",
    shadow: status === "candidate" && stage === "model",
    publish: waiting && stage === "model",
    retire: waiting || status === "live",
  };
}

/** A model was live before the one that is live now. */
export function canRollBack(versions: readonly Row[]): boolean {
  const live = versions.find(({ status }) => status === "live");
  return versions.some(
    ({ status, published_at }) =>
      status === "retired" && published_at !== null && (!live?.published_at || published_at < live.published_at),
  );
}

const percentAxis = { type: "value", axisLabel: { formatter: "{value}%" }, min: 0, max: 100 };
const grid = { left: 44, right: 16, top: 20, bottom: 28 };
const percent = (share: number) => Math.round(share * 1000) / 10;

/** The base rate per origin, as columns. */
export function ratesOption(points: readonly Schemas["RatePoint"][], name: string): EChartsCoreOption {
  return {
    grid,
    tooltip: { trigger: "axis" },
    xAxis: { type: "category", data: points.map(({ day }) => day) },
    yAxis: percentAxis,
    series: [
      {
        type: "bar",
        name,
        data: points.map(({ rate }) => percent(rate)),
        itemStyle: { color: ACCENT, borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 26,
      },
    ],
  };
}

/** Of customers silent for so many days, how many came back; a mark at the suggested number of days. */
export function curveOption(
  points: readonly Schemas["ReturnShare"][],
  words: { name: string; suggested: string },
  suggested: number | null,
): EChartsCoreOption {
  const known = points.filter(({ share }) => share !== null);
  const mark = suggested === null ? {} : { markLine: markAt(suggested, words.suggested) };
  return {
    grid,
    tooltip: { trigger: "axis" },
    xAxis: { type: "value", min: 0, max: Math.max(...known.map(({ days }) => days), 1) },
    yAxis: percentAxis,
    series: [
      {
        type: "line",
        name: words.name,
        data: known.map(({ days, share }) => [days, percent(share ?? 0)]),
        itemStyle: { color: ACCENT },
        ...mark,
      },
    ],
  };
}

function markAt(days: number, formatter: string) {
  return { symbol: "none", lineStyle: { color: RED }, data: [{ xAxis: days }], label: { formatter } };
}
