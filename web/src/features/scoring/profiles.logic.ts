import type { Bands } from "@/shared/lib/risk";
import { bandsFrom, isObject, mapOf, numberOr, type Plain, type SignalSetting, settingOf } from "./plain.logic";

/** 分群方案: other base, bands and weights for the customers of `when`; null or absent = as for everybody. The first match wins. */
export interface Profile {
  name: string;
  /** A rule document. */
  when: Plain;
  base: number | null;
  bands: Bands | null;
  dimensions: Record<string, number>;
  signals: Record<string, SignalSetting>;
}

export function readProfile(plain: Plain, bands: Bands): Profile {
  return {
    name: typeof plain.name === "string" ? plain.name : "",
    when: isObject(plain.when) ? plain.when : {},
    base: typeof plain.base === "number" ? plain.base : null,
    bands: isObject(plain.bands) ? bandsFrom(plain.bands, bands) : null,
    dimensions: mapOf(plain.dimensions, (weight) => numberOr(weight, 1)),
    signals: mapOf(plain.signals, settingOf),
  };
}

/** A name that no other has: 方案 3. */
export function freeName(taken: readonly string[], name: (number: number) => string): string {
  let number = taken.length + 1;
  while (taken.includes(name(number))) number += 1;
  return name(number);
}

export const newProfile = (name: string): Profile => ({
  name,
  when: { when: { all: [] }, exclude: null },
  base: null,
  bands: null,
  dimensions: {},
  signals: {},
});

export function replaceAt<T>(list: readonly T[], place: number, item: T): T[] {
  return list.map((old, at) => (at === place ? item : old));
}

export const removeAt = <T>(list: readonly T[], place: number): T[] => list.filter((_, at) => at !== place);

/** One place up (-1) or down (1); at the end it stays. */
export function moved<T>(list: readonly T[], place: number, by: -1 | 1): T[] {
  const target = place + by;
  const item = list[place];
  const other = list[target];
  if (item === undefined || other === undefined) return [...list];
  return replaceAt(replaceAt(list, place, other), target, item);
}

/** A weight for one dimension of a profile; null goes back to everybody's. */
export function withWeight(profile: Profile, family: string, weight: number | null): Profile {
  const { [family]: _, ...others } = profile.dimensions;
  return { ...profile, dimensions: weight === null ? others : { ...others, [family]: weight } };
}
