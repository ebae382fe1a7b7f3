import type { Reading } from "../reading";
import { pagePath } from "./page-path";

/** Always there: whoever hears nothing of it any more knows that the way from the evaluator to them is broken. */
export function readWatchdog(environment: string): Reading {
  return {
    labels: {},
    severity: "none",
    condition: "breached",
    ...{ value: null, threshold: null, gap: null, quiet: false },
    summary: "Signalbox is looking: this alert always fires, and its silence means that alerts reach nobody",
    path: pagePath("/alerts", environment),
  };
}
