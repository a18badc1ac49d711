import type { Playbook, PlaybookKind } from "../types";
import { emptySpec, type FlowSpec, readSpec, writeSpec } from "./spec";

/** All that the builder changes; undo goes over the whole of it. */
export interface Draft {
  name: string;
  about: string;
  kind: PlaybookKind;
  spec: FlowSpec;
}

export const emptyDraft = (): Draft => ({ name: "", about: "", kind: "winback", spec: emptySpec() });

/** The draft, else what is live. */
export function draftOf({ name, about, kind, draft, live }: Playbook): Draft {
  return { name, about, kind, spec: readSpec((draft ?? live)?.spec) };
}

export const writeDraft = ({ name, about, kind, spec }: Draft) => ({
  name: name.trim(),
  about: about.trim(),
  kind,
  spec: writeSpec(spec),
});

export const sameDraft = (a: Draft, b: Draft): boolean =>
  a === b || JSON.stringify(writeDraft(a)) === JSON.stringify(writeDraft(b));

export const keptKey = (slug: string, id: number | null) => `liuke.playbook.${slug}.${id ?? "new"}`;

/** Unsaved changes that this browser kept; nothing where there are none or they cannot be read. */
export function readKept(text: string | null): Draft | null {
  if (!text) return null;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== "object" || kept === null || !("spec" in kept) || !("name" in kept)) return null;
    const { name, about, kind, spec } = kept as Record<string, unknown>;
    const known = kind === "care" || kind === "recall" ? kind : "winback";
    return { name: String(name), about: String(about ?? ""), kind: known, spec: readSpec(spec) };
  } catch {
    return null;
  }
}

export type Status = "draft" | "trial" | "off" | "paused" | "running";

/** Where a flow stands, in one word. */
export function statusOf({ live, draft, enabled, paused_at }: Playbook): Status {
  if (!live) return draft?.status === "trial" ? "trial" : "draft";
  if (!enabled) return "off";
  return paused_at ? "paused" : "running";
}
