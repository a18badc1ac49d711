// House rules that no linter knows: languages complete, no Chinese text outside locales/, file sizes, share of tests.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const HAN = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;
const MAX_LINES = 300;
const P95_LINES = 200;
const MIN_TEST_SHARE = 0.3;
const faults = [];

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function keys(tree, prefix = "") {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : keys(value, `${prefix}${key}.`),
  );
}

const placeholders = (text) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)]
    .map((match) => match[1])
    .sort()
    .join();

// The glossary's words may stand in comments; line numbers stay.
function withoutComments(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (found) => found.replace(/[^\n]/g, ""))
    .replace(/(^|[\s,;{(])\/\/.*$/gm, "$1");
}

function compareTexts(name, zh, en) {
  for (const [key, text] of zh) {
    if (!text.trim()) faults.push(`${name}: ${key} is empty`);
    if (!en.has(key)) faults.push(`${name}: ${key} is missing in en`);
    else if (placeholders(en.get(key)) !== placeholders(text)) faults.push(`${name}: ${key} fills other fields in en`);
  }
  // English may add a singular form beside a key.
  for (const key of en.keys())
    if (!zh.has(key.replace(/_one$/, ""))) faults.push(`${name}: ${key} is missing in zh-CN`);
}

function compareLanguages() {
  const locales = join(root, "src/locales");
  const read = (language, name) => new Map(keys(JSON.parse(readFileSync(join(locales, language, name), "utf8"))));
  for (const name of readdirSync(join(locales, "zh-CN")).filter((file) => file.endsWith(".json"))) {
    compareTexts(name, read("zh-CN", name), read("en", name));
  }
}

const folders = ["src", "e2e"].map((name) => join(root, name)).filter((path) => existsSync(path));
const sources = folders.flatMap(files).filter((path) => /\.tsx?$/.test(path) && !path.endsWith("schema.d.ts"));
const sizes = [];
let testLines = 0;
for (const path of sources) {
  const name = relative(root, path);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const isTest = /\.test\.tsx?$/.test(path) || path.includes(`${sep}testing${sep}`) || name.startsWith("e2e");
  if (isTest) testLines += lines.length;
  sizes.push(lines.length);
  if (lines.length > MAX_LINES) faults.push(`${name}: ${lines.length} lines, at most ${MAX_LINES}`);
  if (isTest || path.includes(`${sep}locales${sep}`)) continue;
  withoutComments(lines.join("\n"))
    .split("\n")
    .forEach((line, index) => {
      if (HAN.test(line)) faults.push(`${name}:${index + 1}: text outside locales/: ${line.trim()}`);
    });
}
compareLanguages();
sizes.sort((a, b) => a - b);
const total = sizes.reduce((sum, size) => sum + size, 0);
const p95 = sizes[Math.floor(sizes.length * 0.95)] ?? 0;
const share = testLines / total;
if (p95 > P95_LINES) faults.push(`95 % of files must have at most ${P95_LINES} lines, now ${p95}`);
if (share < MIN_TEST_SHARE)
  faults.push(`tests are ${(share * 100).toFixed(0)} % of lines, at least ${MIN_TEST_SHARE * 100} %`);
console.log(
  `${sizes.length} files, ${total} lines, median ${sizes[Math.floor(sizes.length / 2)]}, p95 ${p95}, tests ${(share * 100).toFixed(0)} %`,
);
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
