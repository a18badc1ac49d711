import type { Schemas } from "@/shared/api/client";

export type Signal = Schemas["SignalInfo"];
export type Library = Schemas["SignalLibraryOut"];
export type Family = Schemas["FamilyOut"];
export type State = Signal["state"];

export const STATES = ["ready", "partial", "missing", "off"] as const satisfies readonly State[];
export const stateOf = (text: string): State | "" => STATES.find((state) => state === text) ?? "";

/** The tone of a state's tag. */
export const STATE_TONE: Record<State, string> = {
  ready: "tag-green",
  partial: "tag-gold",
  missing: "tag-grey",
  off: "tag-grey",
};

/** Whether a signal's name, code or meaning holds every word that is searched for. */
export function isFound({ key, mission_id, name, description }: Signal, text: string): boolean {
  const hay = `${key} ${mission_id} ${name} ${description}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** The signals of each family that the filters leave, families in the server's order, empty ones left out. */
export function byFamily({ families, signals }: Library, state: State | "", text: string) {
  const kept = signals.filter((signal) => (state === "" || signal.state === state) && isFound(signal, text));
  return families
    .map(({ family }) => ({ family, signals: kept.filter((signal) => signal.family === family) }))
    .filter(({ signals: rows }) => rows.length > 0);
}

/** Share of the customers for whom it can be computed; null before the first scoring. */
export const share = ({ computable, customers }: Pick<Signal, "computable" | "customers">): number | null =>
  customers ? computable / customers : null;

/** A parameter as people read it: shares as percent. */
export const paramText = ({ value, unit }: Pick<Signal["params"][number], "value" | "unit">): string =>
  unit === "percent" ? String(Math.round(value * 1000) / 10) : String(value);

export interface Unlock {
  entity: string;
  label: string;
  signals: Signal[];
}

/** What each import would unlock, the one that unlocks most first. */
export function unlocks(signals: readonly Signal[]): Unlock[] {
  const found = new Map<string, Unlock>();
  for (const signal of signals)
    for (const { kind, entity, label } of signal.unlock) {
      if (kind !== "import") continue;
      const known = found.get(entity) ?? { entity, label, signals: [] };
      found.set(entity, { ...known, signals: [...known.signals, signal] });
    }
  return [...found.values()].sort((a, b) => b.signals.length - a.signals.length || a.entity.localeCompare(b.entity));
}
