/** Finds a Chromium for the browser tests, or installs one: by Debian's packages as root, else Playwright's own. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ROOT, say } from "./install.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function onPath(name) {
  const found = spawnSync(process.platform === "win32" ? "where" : "which", [name], { encoding: "utf8" });
  return found.status === 0 ? (found.stdout.split("\n")[0]?.trim() ?? null) : null;
}

async function find() {
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  for (const name of NAMES) {
    const path = onPath(name);
    if (path) return path;
  }
  return null;
}

function attempt(command, args) {
  return spawnSync(command, args, { cwd: ROOT, stdio: "inherit" }).status === 0;
}

/** Path of a Chromium; throws when none can be had. */
export async function ensureBrowser() {
  const found = await find();
  if (found) return found;
  say("Installing a browser for the tests …");
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    attempt("apt-get", ["update", "-qq"]);
    attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]);
  } else {
    attempt(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  }
  const installed =
    (await find()) ??
    (attempt(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]) ? await find() : null);
  if (installed) return installed;
  throw new Error("No Chromium found and none could be installed. Install one and try again.");
}
