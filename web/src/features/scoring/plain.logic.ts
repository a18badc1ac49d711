import type { Schemas } from "@/shared/api/client";
import type { Bands } from "@/shared/lib/risk";

/** JSON as the server keeps it. */
export type Plain = Schemas["ScoreDraftIn"]["config"];

export interface SignalSetting {
  points: number;
  enabled: boolean;
  params: Record<string, number>;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const numberOr = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

export function settingOf(value: unknown): SignalSetting {
  const plain = isObject(value) ? value : {};
  const params = isObject(plain.params)
    ? Object.entries(plain.params).filter((entry): entry is [string, number] => typeof entry[1] === "number")
    : [];
  return { points: numberOr(plain.points, 0), enabled: plain.enabled !== false, params: Object.fromEntries(params) };
}

export const listOf = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

export function mapOf<T>(value: unknown, read: (part: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([key, part]) => [key, read(part)]));
}

export function bandsFrom(value: unknown, otherwise: Bands): Bands {
  const given = isObject(value) ? value : {};
  return {
    early: numberOr(given.early, otherwise.early),
    medium: numberOr(given.medium, otherwise.medium),
    high: numberOr(given.high, otherwise.high),
  };
}
