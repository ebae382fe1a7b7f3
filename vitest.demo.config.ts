import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

/** The checks that the demo runs on the layer it starts, and whose results it uploads: `demo/checks/<layer>/`. */
export default defineConfig({
  resolve: { alias: { "@": root } },
  test: { root, include: ["demo/checks/**/*.check.ts"], testTimeout: 30_000, maxWorkers: 1 },
});
