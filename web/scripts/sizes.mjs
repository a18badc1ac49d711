// First load per route in gzipped JS, from the build's manifest; over budget = the build fails.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = { landing: 300, tool: 400, chart: 210 };
const TOOLS =
  /\/(scoring|data-sources|settings|customers|renewals|rules|playbooks|metrics|segments|governor|loyalty|messages|routing)\//;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const weights = new Map();

function weight(file) {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000);
  return weights.get(file);
}

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const total = (keySet) => [...keySet].reduce((sum, key) => sum + weight(manifest[key].file), 0);
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const shell = closure(entry);
for (const key of Object.keys(manifest))
  if (/locales\/zh-CN\/everyday\.ts$|app\/Shell\.tsx$/.test(key)) closure(key, shell);

const rows = [["shell alone", total(shell), BUDGET.landing]];
for (const key of Object.keys(manifest).filter((name) => /features\/.*Page\.tsx$/.test(name))) {
  rows.push([
    key.replace("src/features/", ""),
    total(closure(key, new Set(shell))),
    TOOLS.test(key) ? BUDGET.tool : BUDGET.landing,
  ]);
}
const charts = Object.keys(manifest).find((key) => key.endsWith("ui/echarts.ts"));
if (charts) {
  const own = [...closure(charts)].filter((key) => !shell.has(key));
  rows.push(["charts", total(own), BUDGET.chart]);
}
let over = 0;
for (const [name, kb, budget] of rows) {
  if (kb > budget) over += 1;
  console.log(`${kb > budget ? "OVER" : "ok  "} ${kb.toFixed(0).padStart(4)} / ${budget} kB gz  ${name}`);
}
process.exit(over ? 1 : 0);
