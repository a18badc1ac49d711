import type { Schemas } from "@/shared/api/client";

type Person = Schemas["PersonRef"];

/** The memberships that a text names with `@name`. The longest name wins, so that @王小 does not call 王. */
export function mentionsIn(text: string, people: readonly Person[]): number[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  const found = new Set<number>();
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const named = byLength.find(({ name }) => name !== "" && text.startsWith(name, at + 1));
    if (named) found.add(named.id);
  }
  return [...found];
}

/** The text with somebody named at its end. */
export function withMention(text: string, { name }: Person): string {
  const gap = text === "" || text.endsWith(" ") ? "" : " ";
  return `${text}${gap}@${name} `;
}
