import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const named = process.env.SIGNALBOX_BROWSER ?? "/usr/bin/chromium";

/** Everything runs against the built app, one test at a time: each worker starts an app with a database of its own. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    viewport: { width: 1280, height: 900 },
    launchOptions: existsSync(named) ? { executablePath: named } : {},
  },
});
