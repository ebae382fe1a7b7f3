import { expect, it } from "vitest";
import type { TestRun, TestSuite } from "@/contracts/test-runs";
import {
  connectionsText,
  countsText,
  expectationText,
  progressOf,
  shareText,
  shortCommit,
  troubledSuites,
} from "./prepare-suites";

const counts = { tests: 10, failures: 0, errors: 0, skipped: 0 };
const suite = (name: string, verdict: TestRun["verdict"] | null): TestSuite => ({
  ...{ environment: "prod", name, beforeFix: "fail", fixedAt: null },
  latest:
    verdict === null
      ? null
      : {
          ...{
            id: name,
            environment: "prod",
            suite: name,
            commit: null,
            branch: null,
            uploadedBy: "ci",
            durationMs: null,
          },
          ...{ ranAt: "2026-11-21T10:00:00.000Z", uploadedAt: "2026-11-21T10:00:00.000Z", ...counts, failed: [] },
          ...{ connections: { real: 0, mocked: 0, ratio: null }, expected: "fail", verdict },
        },
});

it("a run says what failed of what ran; nothing run is no success", () => {
  expect(countsText({ ...counts, failures: 1, errors: 2, skipped: 4 })).toBe("3 of 6 failed, 4 skipped");
  expect(countsText(counts)).toBe("10 passed");
  expect(countsText({ ...counts, skipped: 10 })).toBe("none ran, 10 skipped");
});

it("no test that says what it runs on is no share", () => {
  expect(shareText({ real: 0, mocked: 0, ratio: null })).toBe("–");
  expect(shareText({ real: 1, mocked: 3, ratio: 0.25 })).toBe("25 % of 4 tests");
});

it("what is expected changes with the fix", () => {
  expect(expectationText({ beforeFix: "fail", fixedAt: null })).toBe("expected to fail until its fix lands");
  expect(expectationText({ beforeFix: "fail", fixedAt: "2026-11-21T10:00:00.000Z" })).toBe(
    "expected to pass since its fix landed",
  );
  expect(expectationText({ beforeFix: "pass", fixedAt: null })).toBe("expected to pass");
});

it("suites that pass too early and those that fail are named", () => {
  const suites = [suite("a", "early_pass"), suite("b", "unexpected_fail"), suite("c", "as_expected"), suite("d", null)];
  expect(troubledSuites(suites)).toEqual({ early: ["a"], failing: ["b"] });
});

it("every suite is counted once on the board, by its newest run", () => {
  const suites = [suite("a", "early_pass"), suite("b", "unexpected_fail"), suite("c", "as_expected"), suite("d", null)];
  expect(progressOf([...suites, suite("e", "no_data")])).toEqual({
    ...{ passing: 0, waiting: 1, early: 1, failing: 1, silent: 2 },
  });
  expect(connectionsText({ real: 2, mocked: 10, ratio: 2 / 12 })).toBe("2 of 12");
});

it("a long commit is cut, another name is not", () => {
  expect([shortCommit("0123456789abcdef0123"), shortCommit("release-2026-11"), shortCommit(null)]).toEqual([
    ...["0123456789", "release-2026-11", "–"],
  ]);
});
