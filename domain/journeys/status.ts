/** The status of a journey: the first that holds, in the order of what a person must know first. */
import type { Facts } from "./facts";
import type { Finding, JourneyStatus } from "./types";

export interface StatusVerdict {
  status: JourneyStatus;
  /** Findings that count: what fell due after the user stopped or left is nobody's failure, a leak always is. */
  findings: Finding[];
}

const isLeak = (finding: Finding) => finding.code === "wrong_recipient";
const isWarning = (finding: Finding) => finding.severity !== "info";

export function decideStatus(facts: Facts, all: readonly Finding[]): StatusVerdict {
  const leftAtMs = facts.departure?.left ? facts.departure.atMs : null;
  const cutMs = Math.min(facts.stoppedAtMs ?? Number.POSITIVE_INFINITY, leftAtMs ?? Number.POSITIVE_INFINITY);
  const findings = all.filter((finding) => !finding.fails || isLeak(finding) || finding.dueMs < cutMs);
  return { status: statusOf(facts, findings), findings };
}

function statusOf(facts: Facts, findings: readonly Finding[]): JourneyStatus {
  // Findings due after a stop or leave are gone already, so any failing one here came before it.
  if (findings.some((finding) => finding.fails)) return "failed";
  if (facts.stoppedAtMs !== null) return "cancelled";
  if (facts.departure?.left) return facts.departure.decided ? "abandoned" : "running";
  if (facts.patience.open) return "running";
  // Nothing failed, nothing is owed, and yet no end was seen: what would prove one or the other is not observed.
  if (facts.patience.undecided || !facts.complete) return "unobserved";
  return findings.some(isWarning) ? "degraded" : "succeeded";
}
