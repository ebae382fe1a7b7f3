/** `npm test`: everything: static checks, unit tests, a real PostgreSQL, a real browser. Ends with `N passed, N failed, N skipped`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureAlertmanager } from "./alertmanager.mjs";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, ROOT, say } from "./install.mjs";
import { CHECKS, runChecks } from "./verify.mjs";

const total = { passed: 0, failed: 0, skipped: 0 };

function add(passed, failed, skipped) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** Runs a test program that writes a JSON report; a report that is missing or empty is a failure. */
function runSuite(name, args, env, read) {
  say(`\n── ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "signalbox-report-"));
  const report = join(folder, "report.json");
  const result = spawnSync(process.execPath, args(report), {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...env(report) },
  });
  let counts = [0, 0, 0];
  try {
    counts = read(JSON.parse(readFileSync(report, "utf8")));
  } catch (error) {
    say(`${name} left no readable report: ${error instanceof Error ? error.message : error}`);
  }
  rmSync(folder, { recursive: true, force: true });
  const [passed, failed, skipped] = counts;
  add(passed, failed, skipped);
  if (failed === 0 && (result.status !== 0 || passed === 0)) add(0, 1, 0);
}

const readVitest = (report) => [
  report.numPassedTests,
  report.numFailedTests +
    report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length,
  report.numPendingTests + report.numTodoTests,
];
const readPlaywright = ({ stats }) => [stats.expected + stats.flaky, stats.unexpected, stats.skipped];
const vitest = (project) => (report) => [
  "node_modules/vitest/vitest.mjs",
  ...["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
];

ensureInstalled();
await ensureBuilt();

say("\n── format, lint, types, layers");
const failedChecks = runChecks();
add(CHECKS.length - failedChecks.length, failedChecks.length, 0);

runSuite("unit", vitest("unit"), () => ({}), readVitest);
ensureAlertmanager();
runSuite("database", vitest("database"), () => ({}), readVitest);

const browser = await ensureBrowser().catch((error) => {
  say(error.message);
  add(0, 1, 0);
  return null;
});
if (browser)
  runSuite(
    "browser",
    () => ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    (report) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report, SIGNALBOX_BROWSER: browser }),
    readPlaywright,
  );

say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
