import type { Schemas } from "@/shared/api/client";
import { readTree, writeTree } from "../rules/tree/plain";
import { emptyTree, type RuleTree } from "../rules/tree/syntax";
import type { CatalogueOut } from "../rules/types";

export type Tag = Schemas["TagOut"];
export type TagIn = Schemas["TagIn"];
export type Kind = Tag["kind"];
export type Colour = NonNullable<TagIn["colour"]>;

export const KINDS = ["attribute", "behaviour", "predictive"] as const satisfies readonly Kind[];
export const COLOURS = [
  "blue",
  "cyan",
  "green",
  "purple",
  "gold",
  "orange",
  "red",
  "grey",
] as const satisfies readonly Colour[];
export const WEIGHT = 30;

/** Tags found before the score may ask for tiers (2), predictive ones for the score (4). */
const HIGHEST: Record<Kind, number> = { attribute: 2, behaviour: 2, predictive: 4 };

/** What a tag's rule may ask about: tags found before the score know neither each other nor the score. */
export function catalogueFor(kind: Kind, catalogue: CatalogueOut): CatalogueOut {
  const columns = catalogue.columns.filter(
    ({ stratum, type }) => stratum <= HIGHEST[kind] && (kind === "predictive" || type !== "tags"),
  );
  return { ...catalogue, columns };
}

export interface Draft {
  name: string;
  about: string;
  kind: Kind;
  colour: Colour;
  weight: number;
  /** By a rule; else people alone choose the members. */
  byRule: boolean;
  tree: RuleTree;
}

const isColour = (text: string): text is Colour => COLOURS.some((colour) => colour === text);

export function draftOf(tag: Tag | null): Draft {
  if (!tag)
    return { name: "", about: "", kind: "behaviour", colour: "blue", weight: 0, byRule: true, tree: emptyTree() };
  const { name, about, kind, weight, rule } = tag;
  const colour = isColour(tag.colour) ? tag.colour : "blue";
  return { name, about, kind, colour, weight, byRule: rule !== null, tree: rule ? readTree(rule) : emptyTree() };
}

/** The body of a save. A predictive tag weighs nothing and always has a rule. */
export function writeDraft({ name, about, kind, colour, weight, byRule, tree }: Draft): TagIn {
  const predictive = kind === "predictive";
  return {
    name: name.trim(),
    about: about.trim(),
    kind,
    colour,
    weight: predictive ? 0 : weight,
    rule: byRule || predictive ? writeTree(tree) : null,
  };
}

/** Members now against the oldest point of the trend. */
export function changeOf({ members, trend }: Pick<Tag, "members" | "trend">): number | null {
  return trend.length > 1 && trend[0] ? members - trend[0].members : null;
}

export const weightText = (weight: number) => (weight > 0 ? `+${weight}` : String(weight));

export const TABS = ["members", "history", "settings"] as const;
export type Tab = (typeof TABS)[number];
export const tabOf = (text: string): Tab => TABS.find((tab) => tab === text) ?? "members";
