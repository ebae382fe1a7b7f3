import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const exclude = [...configDefaults.exclude, "e2e/**/*.spec.ts", ".next/**", "dist/**", "scanner/fixtures/**"];

/** `unit` needs nothing but Node; `database` starts a real PostgreSQL once for the run. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.db.test.ts"],
          testTimeout: 30_000,
          // They share nothing that changes; a process for each file would take longer than the tests. Many wait for
          // sockets, so every core has its worker.
          isolate: false,
          maxWorkers: "100%",
        },
      },
      {
        resolve: { alias },
        test: {
          name: "database",
          include: ["**/*.db.test.ts"],
          exclude,
          globalSetup: ["server/storage/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file has databases of its own, and waits for them most of the time.
          maxWorkers: "100%",
          isolate: false,
        },
      },
    ],
  },
});
