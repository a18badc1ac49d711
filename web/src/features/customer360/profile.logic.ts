export interface Attribute {
  name: string;
  text: string;
  isSample: boolean;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return String(value);
}

/** Extra attributes as the source named them; those generated for the sample are marked. Empty ones say nothing. */
export function attributesOf(attributes: Record<string, unknown>, sampleFields: readonly string[]): Attribute[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => ({
      name,
      text: textOf(value),
      isSample: sampleFields.includes(name) || sampleFields.includes(`attributes.${name}`),
    }));
}
