import type { Schemas } from "@/shared/api/client";

export type Lists = Schemas["ListsIn"];
export type Topic = Schemas["TopicIn"];

export const EMPTY: Lists = {
  own_brands: [],
  own_products: [],
  competitors: [],
  leave_phrases: [],
  topics: [],
  exceptions: [],
};
/** Plain lists of words, edited as one word per line. */
export const PLAIN = ["own_brands", "own_products", "leave_phrases", "exceptions"] as const;

/** Words of a text field: one per line, or parted by commas; each once. */
export function wordsOf(text: string, between = /[\n,;\uff0c\u3001\uff1b]/): string[] {
  return [...new Set(text.split(between).map((word) => word.trim()))].filter((word) => word !== "");
}

/** Competitors as text: a name per line, aliases behind an equals sign. */
export const competitorsText = (lists: Lists) =>
  (lists.competitors ?? [])
    .map(({ name, aliases }) => (aliases?.length ? `${name} = ${aliases.join(", ")}` : name))
    .join("\n");

export function competitorsOf(text: string): NonNullable<Lists["competitors"]> {
  return wordsOf(text, /\n/).map((line) => {
    const [name = "", aliases = ""] = line.split(/[=\uff1d]/, 2);
    return { name: name.trim(), aliases: wordsOf(aliases) };
  });
}

const HEADER = ["kind", "name", "label", "words", "team"];
const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** One row per word, competitor or topic; words of a row are parted by `|`. */
export function toCsv(lists: Lists): string {
  const rows = [
    ...PLAIN.flatMap((kind) => (lists[kind] ?? []).map((word) => [kind, word, "", "", ""])),
    ...(lists.competitors ?? []).map(({ name, aliases }) => ["competitors", name, "", (aliases ?? []).join("|"), ""]),
    ...(lists.topics ?? []).map(({ code, label, words, team }) => [
      "topics",
      code,
      label ?? "",
      (words ?? []).join("|"),
      team ?? "",
    ]),
  ];
  return [HEADER, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n");
}

/** What `toCsv` wrote. Throws where a row is of no known kind: then nothing is taken over. */
export function fromCsv(text: string): Lists {
  const lists: Required<Lists> = structuredClone(EMPTY) as Required<Lists>;
  for (const [kind = "", name = "", label = "", words = "", team = ""] of cellsOf(text).slice(1)) {
    const plain = PLAIN.find((one) => one === kind);
    if (plain) lists[plain].push(name);
    else if (kind === "competitors") lists.competitors.push({ name, aliases: wordsOf(words, /\|/) });
    else if (kind === "topics") lists.topics.push({ code: name, label, words: wordsOf(words, /\|/), team });
    else throw new Error(kind);
  }
  return lists;
}

/** Cells of a CSV, quotation marks and breaks in them included; empty lines are none. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g;
  for (const [, cell = "", end = ""] of text.replace(/^\uFEFF/, "").matchAll(pattern)) {
    const bare = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    if (cell !== "" || end === "," || rows.at(-1)?.length) rows.at(-1)?.push(bare);
    if (end !== "," && rows.at(-1)?.length) rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** A file that somebody brings: JSON or CSV by its first letter. */
export const fromFile = (text: string): Lists =>
  text.trimStart().startsWith("{") ? { ...EMPTY, ...(JSON.parse(text) as Lists) } : fromCsv(text);

export const sameLists = (one: Lists, other: Lists) => JSON.stringify(one) === JSON.stringify(other);
