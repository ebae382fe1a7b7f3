import { describe, expect, it } from "vitest";
import { assessRun, USUAL } from "./assess-run";

const counts = (given: object = {}) => ({ tests: 10, failures: 0, errors: 0, skipped: 0, ...given });
const waiting = { beforeFix: "fail", fixedAtMs: 1_000 } as const;

describe("a run", () => {
  it.each([
    ["passes as usual", counts(), USUAL, 0, "as_expected"],
    ["fails where it should pass", counts({ failures: 1 }), USUAL, 0, "unexpected_fail"],
    ["fails until its fix lands", counts({ errors: 1 }), waiting, 999, "as_expected"],
    ["passes too early", counts(), waiting, 999, "early_pass"],
    [
      "passes too early while no fix has landed",
      counts(),
      { beforeFix: "fail", fixedAtMs: null } as const,
      9e12,
      "early_pass",
    ],
    ["passes from its fix on", counts(), waiting, 1_000, "as_expected"],
    ["fails again after its fix", counts({ failures: 2 }), waiting, 1_001, "unexpected_fail"],
    ["without tests says nothing", counts({ tests: 0 }), waiting, 0, "no_data"],
    ["that skips everything says nothing", counts({ skipped: 10 }), USUAL, 0, "no_data"],
  ] as const)("%s", (_, given, expectation, ranAtMs, verdict) => {
    expect(assessRun(given, expectation, ranAtMs)).toBe(verdict);
  });
});
