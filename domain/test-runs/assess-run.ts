/** What a run of a test suite says, held against what is expected in the phase that it ran in. */
import { assertNever } from "../assert-never";

/** `before` = until the fix that the suite waits for has landed. */
export type Phase = "before" | "after";
/** `none`: no test ran, so nothing is known. */
export type RunResult = "pass" | "fail" | "none";

export const RUN_VERDICTS = ["as_expected", "early_pass", "unexpected_fail", "no_data"] as const;
export type RunVerdict = (typeof RUN_VERDICTS)[number];

export interface RunCounts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

export interface Expectation {
  /** What the suite does until its fix lands; after that it passes. */
  beforeFix: "fail" | "pass";
  /** When the fix landed; null = it has not. */
  fixedAtMs: number | null;
}

/** Whatever nobody set: a suite that passes, always. */
export const USUAL: Expectation = { beforeFix: "pass", fixedAtMs: null };

/** One failure makes the run fail. A run in which every test was skipped says nothing, as one without tests. */
export function resultOf({ tests, failures, errors, skipped }: RunCounts): RunResult {
  if (failures + errors > 0) return "fail";
  return tests - skipped > 0 ? "pass" : "none";
}

export function phaseOf({ fixedAtMs }: Expectation, ranAtMs: number): Phase {
  return fixedAtMs !== null && ranAtMs >= fixedAtMs ? "after" : "before";
}

export function expectedOf(expectation: Expectation, ranAtMs: number): "fail" | "pass" {
  return phaseOf(expectation, ranAtMs) === "before" ? expectation.beforeFix : "pass";
}

/** A suite that passes before its fix tests something else than was thought: that is the warning. */
export function assessRun(counts: RunCounts, expectation: Expectation, ranAtMs: number): RunVerdict {
  const result = resultOf(counts);
  const expected = expectedOf(expectation, ranAtMs);
  switch (result) {
    case "none":
      return "no_data";
    case "pass":
      return expected === "fail" ? "early_pass" : "as_expected";
    case "fail":
      return expected === "fail" ? "as_expected" : "unexpected_fail";
    default:
      return assertNever(result);
  }
}
