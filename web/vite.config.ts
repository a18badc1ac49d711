import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.LIUKE_DEV_SERVER ?? "http://127.0.0.1:8600";
const served = ["/api", "/_allauth", "/events"];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        manualChunks(id) {
          return /node_modules\/(react|react-dom|react-router|scheduler)\//.test(id) ? "react" : undefined;
        },
      },
    },
  },
  server: { proxy: Object.fromEntries(served.map((path) => [path, server])) },
  preview: { proxy: Object.fromEntries(served.map((path) => [path, server])) },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/shared/testing/setup.ts"],
    css: false,
    testTimeout: 20_000,
    maxWorkers: 2,
    isolate: false,
  },
});
