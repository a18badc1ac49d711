import type { Schemas } from "@/shared/api/client";

export type PlanTemplate = Schemas["PlanTemplateOut"];
export type Pack = Schemas["ContentPackOut"];
export type StepSpec = Schemas["StepSpecBody"];

export const TIERS = ["high", "mid", "low"] as const;
export const LEVELS = ["early", "medium", "high"] as const;
export const CAUSES = [
  "price",
  "service",
  "complaint",
  "product",
  "competitor",
  "payment",
  "contract",
  "silence",
  "decline",
] as const;

export const emptyStep = (): StepSpec => ({
  text: "",
  days: 1,
  hours: null,
  who: "owner",
  effect: "",
  amount: null,
  remind_hours: 24,
});
export const emptyPlan = (): Schemas["PlanBody"] => ({
  name: "",
  about: "",
  tiers: [],
  levels: [],
  causes: [],
  packs: [],
  steps: [emptyStep()],
});
export const emptyPack = (): Schemas["PackBody"] => ({ name: "", about: "", causes: [], levels: [], scripts: [] });

/** Without what the server adds. */
export const planBody = ({
  name,
  about,
  tiers,
  levels,
  causes,
  packs,
  steps,
}: Schemas["PlanBody"]): Schemas["PlanBody"] => ({
  name: name.trim(),
  about,
  tiers,
  levels,
  causes,
  packs,
  steps,
});

export const packBody = ({ name, about, causes, levels, scripts }: Schemas["PackBody"]): Schemas["PackBody"] => ({
  name: name.trim(),
  about,
  causes,
  levels,
  scripts,
});

export const planReady = ({ name, steps }: Schemas["PlanBody"]) =>
  name.trim() !== "" && steps.length > 0 && steps.every(({ text }) => text.trim() !== "");

export const packReady = ({ name, scripts }: Schemas["PackBody"]) =>
  name.trim() !== "" && (scripts ?? []).every(({ title, text }) => title.trim() !== "" && text.trim() !== "");

/** The list with a value put in or taken out. */
export const toggled = <T>(list: readonly T[] | undefined, value: T): T[] =>
  list?.includes(value) ? list.filter((one) => one !== value) : [...(list ?? []), value];

/** The list with one entry changed, or without it. */
export const replaced = <T>(list: readonly T[], at: number, value: T | null): T[] =>
  list.flatMap((one, place) => (place !== at ? [one] : value === null ? [] : [value]));

/** A number field's text: blank is no number. */
export const numberOf = (text: string): number | null =>
  text.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text);
