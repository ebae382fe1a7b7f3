/** Test suites in words. */
import { counted, figure, NO_DATA, percent } from "@/client/format";
import type { TestRun, TestSuite } from "@/contracts/test-runs";

/** "4 of 120 failed", "120 passed, 3 skipped" */
export function countsText({
  tests,
  failures,
  errors,
  skipped,
}: Pick<TestRun, "tests" | "failures" | "errors" | "skipped">): string {
  const bad = failures + errors;
  const ran = tests - skipped;
  const left = skipped > 0 ? `, ${figure(skipped)} skipped` : "";
  if (bad > 0) return `${figure(bad)} of ${figure(ran)} failed${left}`;
  return ran === 0 ? `none ran${left}` : `${figure(ran)} passed${left}`;
}

/** "33 % of 3 tests" */
export function shareText({ real, mocked, ratio }: TestRun["connections"]): string {
  return ratio === null ? NO_DATA : `${percent(ratio, 0)} of ${counted(real + mocked, "test")}`;
}

export function expectationText({ beforeFix, fixedAt }: Pick<TestSuite, "beforeFix" | "fixedAt">): string {
  if (beforeFix === "pass") return "expected to pass";
  return fixedAt === null ? "expected to fail until its fix lands" : "expected to pass since its fix landed";
}

/** "2 of 12" */
export function connectionsText({ real, mocked, ratio }: TestRun["connections"]): string {
  return ratio === null ? NO_DATA : `${figure(real)} of ${figure(real + mocked)}`;
}

/** Suites by what their newest runs say. */
export function progressOf(suites: readonly TestSuite[]) {
  const count = (wanted: (latest: TestRun | null) => boolean) => suites.filter(({ latest }) => wanted(latest)).length;
  const asExpected = (expected: TestRun["expected"]) => (latest: TestRun | null) =>
    latest?.verdict === "as_expected" && latest.expected === expected;
  return {
    passing: count(asExpected("pass")),
    waiting: count(asExpected("fail")),
    early: count((latest) => latest?.verdict === "early_pass"),
    failing: count((latest) => latest?.verdict === "unexpected_fail"),
    /** Those that never ran, and those whose newest run ran no test. */
    silent: count((latest) => latest === null || latest.verdict === "no_data"),
  };
}

/** Suites whose newest run asks for somebody: first those that pass too early, then those that fail. */
export function troubledSuites(suites: readonly TestSuite[]): { early: string[]; failing: string[] } {
  const named = (verdict: TestRun["verdict"]) =>
    suites.filter(({ latest }) => latest?.verdict === verdict).map(({ name }) => name);
  return { early: named("early_pass"), failing: named("unexpected_fail") };
}

/** The first characters by which a commit is known. */
export function shortCommit(commit: string | null): string {
  return commit === null ? NO_DATA : /^[0-9a-f]{12,}$/.test(commit) ? commit.slice(0, 10) : commit;
}
