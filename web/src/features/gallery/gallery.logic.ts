import type { Schemas } from "@/shared/api/client";

export type Pack = Schemas["PackOut"];
export type Template = Schemas["TemplateOut"];

export const SHELVES = ["fitting", "customers", "industries"] as const;
export type Shelf = (typeof SHELVES)[number];
export const GALLERY_URL = { shelf: "fitting" };

export function shelfOf(text: string): Shelf {
  return SHELVES.find((shelf) => shelf === text) ?? "fitting";
}

/** Fitting: the workspace's own industry first, then the kinds of customers that every industry has. */
export function onShelf(packs: readonly Pack[], shelf: Shelf, industry: string): Pack[] {
  const ofCustomers = packs.filter((pack) => pack.industry === "");
  if (shelf === "customers") return ofCustomers;
  if (shelf === "industries") return packs.filter((pack) => pack.industry !== "");
  return [...packs.filter((pack) => pack.industry === industry), ...ofCustomers];
}

export function computableIn(pack: Pack): number {
  return pack.rules.filter(({ computable }) => computable).length;
}

/** The industry's template, for what a pack does not say: churn definition, weights, tags. */
export function templateOf(templates: readonly Template[], pack: Pack): Template | undefined {
  return pack.industry ? templates.find(({ key }) => key === pack.industry) : undefined;
}
