import type { Fault } from "../types";
import { START } from "./edit";
import type { FlowSpec } from "./spec";

export interface Problem {
  /** The node, the trigger (`start`), or nothing for the flow's settings. */
  node: string;
  /** The parameter or part that is wrong: `days`, `next.done`. */
  field: string;
  message: string;
}

const SETTINGS = ["audience", "reentry", "holdout", "goal", "exits", "budget"];

/** A server's fault by the node that it names: `nodes.n1.params.days`. Ids may hold dots, so the longest that fits wins. */
export function problemOf(spec: FlowSpec, { where, message }: Fault): Problem {
  if (where === "start") return { node: START, field: "start", message };
  if (where.startsWith("trigger")) return { node: START, field: where.split(".").slice(1).join("."), message };
  if (SETTINGS.some((part) => where.startsWith(part))) return { node: "", field: where, message };
  const rest = where.replace(/^nodes\.?/, "");
  const ids = spec.nodes.map(({ id }) => id).sort((a, b) => b.length - a.length);
  const node = ids.find((id) => rest === id || rest.startsWith(`${id}.`)) ?? "";
  const field = node ? rest.slice(node.length + 1).replace(/^params\./, "") : where;
  return { node, field, message };
}

export const problemsOf = (spec: FlowSpec, faults: readonly Fault[]): Problem[] =>
  faults.map((fault) => problemOf(spec, fault));

export const ofNode = (problems: readonly Problem[], node: string): readonly Problem[] =>
  problems.filter((problem) => problem.node === node);
