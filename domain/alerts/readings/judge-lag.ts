/** Whether what is reported is judged in time. */
import type { Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { pagePath } from "./page-path";

/** From here on the newest figures are taken for neither healthy nor broken. */
export const UNJUDGED_MS = 30_000;

export function readJudgeLag(
  lagMs: number,
  { environment, settings }: { environment: string; settings: RuleSettings },
): Reading {
  const { threshold } = settings;
  return {
    labels: {},
    severity: RULES.judge_lag.severity ?? "high",
    condition: lagMs >= (threshold ?? 0) ? "breached" : "clear",
    ...{ value: lagMs, threshold, gap: null, quiet: false },
    summary: `What was reported ${Math.round(lagMs / 1_000)} seconds ago is not judged yet`,
    path: pagePath("/", environment),
  };
}
