/** `npm run verify`: format, lint, types, purity of the domain, house rules, unit tests. Seconds, no database. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateClient } from "./build.mjs";
import { ensureInstalled, ROOT, say } from "./install.mjs";

const bin = (name) => join("node_modules", name);
export const CHECKS = [
  ["format and lint", [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]],
  ["types", [bin("typescript/bin/tsc"), "--noEmit", "-p", "."]],
  ["domain is pure", [bin("typescript/bin/tsc"), "--noEmit", "-p", "domain"]],
];

/** Runs the static checks; returns the names of those that failed. */
export function runChecks() {
  generateClient();
  return CHECKS.flatMap(([name, args]) => {
    const result = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    if (result.status === 0) return [];
    say(`✗ ${name}\n${result.stdout}${result.stderr}`);
    return [name];
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  const failed = runChecks();
  const tests = spawnSync(process.execPath, [bin("vitest/vitest.mjs"), "run", "--project", "unit", "--reporter=dot"], {
    cwd: ROOT,
    stdio: "inherit",
    env: process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1" },
  });
  if (failed.length > 0) say(`failed: ${failed.join(", ")}`);
  process.exit(failed.length > 0 || tests.status !== 0 ? 1 : 0);
}
