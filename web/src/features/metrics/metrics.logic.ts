import type { Schemas } from "@/shared/api/client";

export type Metric = Schemas["MetricOut"];
export type Spec = Schemas["MetricSpecOut"];
export type Form = Schemas["MetricForm"];
export type Preview = Schemas["MetricPreviewOut"];
export type Shape = Spec["shape"];
export type Measure = Spec["measure"];
export type Unit = Metric["unit"];

export const SHAPES: readonly Shape[] = ["plain", "earlier", "rhythm", "peers", "streak", "trend"];
export const VIEWS = ["all", "builtin", "own", "archived"] as const;
export type View = (typeof VIEWS)[number];

/** What the editor holds. An empty unit is the one that follows from the description. */
export interface Draft {
  name: string;
  unit: Unit | "";
  spec: Spec;
}

export const EMPTY: Spec = {
  kinds: [],
  measure: "count",
  of: "value",
  days: 30,
  skip: 0,
  shape: "plain",
  periods: 1,
  by: "",
  weeks: 3,
  drop: 0.4,
  usual_weeks: 8,
};

export function draftOf(metric: Metric | undefined): Draft {
  return metric?.spec
    ? { name: metric.builtin ? "" : metric.name, unit: metric.builtin ? "" : metric.unit, spec: metric.spec }
    : { name: "", unit: "", spec: EMPTY };
}

/** The description after another comparison is chosen: the measure stays where it can, windows and weeks fit. */
export function withShape(spec: Spec, shape: Shape, form: Form): Spec {
  const allowed = form.measures[shape] ?? [];
  const measure = allowed.includes(spec.measure) ? spec.measure : (allowed[0] ?? spec.measure);
  const days = shape === "earlier" ? (spec.days ?? 90) : spec.days;
  const weeks = shape === "trend" ? 12 : 3;
  return { ...withMeasure(spec, measure, form), shape, days, weeks, by: shape === "peers" ? spec.by : "" };
}

/** Another measure; what it looks at stays only where it fits. */
export function withMeasure(spec: Spec, measure: Measure, form: Form): Spec {
  const text = spec.of === "channel" || spec.of === "actor";
  const of = !form.measured.includes(measure) ? "value" : measure === "distinct" ? "channel" : text ? "value" : spec.of;
  return { ...spec, measure, of };
}

/** The draft with another description; a unit that was chosen for another measure no longer fits. */
export function withSpec(draft: Draft, spec: Spec): Draft {
  const same = spec.shape === draft.spec.shape && spec.measure === draft.spec.measure && spec.of === draft.spec.of;
  return { ...draft, spec, unit: same ? draft.unit : "" };
}

/** Whether a window of days means something for it. */
export function hasWindow({ shape, measure }: Spec): boolean {
  return !["rhythm", "streak", "trend"].includes(shape) && measure !== "days_until";
}

/** Body of a request; the name is trimmed. */
export function bodyOf({ name, unit, spec }: Draft): Schemas["MetricIn"] {
  return { name: name.trim(), unit, spec: { ...spec } };
}

/** The metrics of a view whose name or meaning holds the text, in groups in the server's order. */
export function grouped(
  { metrics, archived }: Schemas["MetricsOut"],
  view: View,
  text: string,
): { group: string; label: string; metrics: Metric[] }[] {
  const wanted = text.trim().toLowerCase();
  const shown = (view === "archived" ? archived : metrics).filter(
    ({ builtin, name, sentence, code }) =>
      (view === "all" || view === "archived" || (view === "builtin") === builtin) &&
      [name, sentence, code].some((part) => part.toLowerCase().includes(wanted)),
  );
  const groups = new Map<string, Metric[]>();
  for (const metric of shown) groups.set(metric.group, [...(groups.get(metric.group) ?? []), metric]);
  return [...groups].map(([group, members]) => ({ group, label: members[0]?.group_label ?? group, metrics: members }));
}

/** Names of what works with the metric now. */
export const liveUses = ({ uses }: Metric) => uses.filter(({ live }) => live).map(({ name }) => name);

/** Digits that fit the size: 0.83, 12.4, 1,204. */
export function short(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}
