export interface Attribute {
  name: string;
  text: string;
  isSample: boolean;
}

/** Attributes that every workspace may have; their names are ours, all others are the source's headers. */
const OURS = ["segment", "industry", "country", "province", "city"] as const;
export type OurName = (typeof OURS)[number];

export function ourName(name: string): OurName | null {
  return OURS.find((ours) => ours === name) ?? null;
}

/** What programs make of a large number when they write it to a file: 1e+09, 1.25E+10. Plain digits may be a code and stay. */
const POWER_OF_TEN = /^[-+]?\d+(\.\d+)?[eE]\+\d{2,3}$/;

function textOf(value: unknown, number: (value: number) => string): string {
  if (Array.isArray(value)) return value.map((one) => textOf(one, number)).join(", ");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  if (typeof value === "number") return number(value);
  const text = String(value);
  return POWER_OF_TEN.test(text) && Number.isFinite(Number(text)) ? number(Number(text)) : text;
}

/** Extra attributes as the source named them; those generated for the sample are marked. Empty ones say nothing. */
export function attributesOf(
  attributes: Record<string, unknown>,
  sampleFields: readonly string[],
  number: (value: number) => string,
): Attribute[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => ({
      name,
      text: textOf(value, number),
      isSample: sampleFields.includes(name) || sampleFields.includes(`attributes.${name}`),
    }));
}
