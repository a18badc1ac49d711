// Builds sdk/ with the toolchain of the web app: /sdk.js for pages and /sdk/wx.js for mini-programs; over 5 kB gz the build fails.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const MOST = 5000;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const outDir = process.argv[2] ?? at("../dist");
const builds = [
  { entry: at("../../sdk/src/web.ts"), format: "iife", file: "sdk.js" },
  { entry: at("../../sdk/src/wx.ts"), format: "cjs", file: "sdk/wx.js" },
];
for (const { entry, format, file } of builds) {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    root: at("../../sdk"),
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2018",
      minify: true,
      lib: { entry, name: "liuke", formats: [format], fileName: () => file },
    },
  });
  const size = gzipSync(readFileSync(`${outDir}/${file}`), { level: 9 }).length;
  console.log(`${size > MOST ? "OVER" : "ok  "} ${size} / ${MOST} B gz  ${file}`);
  if (size > MOST) process.exitCode = 1;
}
