/** Where a failed journey broke: the first failed or missing step, the hop where it stopped, the router before it. */
import type { Facts } from "./facts";
import { lastRouter } from "./findings/finding";
import { stepOf } from "./message-kinds";
import { type Finding, type FindingCode, STEPS, type Step, type Verdict } from "./types";

export interface Break {
  brokenAt: NonNullable<Verdict["brokenAt"]>;
  brokenBy: FindingCode;
}

export function breakOf(facts: Facts, findings: readonly Finding[]): Break | null {
  const failing = findings.filter((finding) => finding.fails && finding.step !== null);
  const [first] = failing.sort(
    (a, b) => STEPS.indexOf(a.step ?? "persisted") - STEPS.indexOf(b.step ?? "persisted") || a.dueMs - b.dueMs,
  );
  if (!first?.step) return null;
  const router = first.router ?? routerBefore(facts, first.step);
  return { brokenAt: { step: first.step, hop: first.hop, router }, brokenBy: first.code };
}

/** For a step that never came: the router of the nearest step before it. */
function routerBefore(facts: Facts, step: Step): string | null {
  for (let index = STEPS.indexOf(step) - 1; index >= 0; index--) {
    const before = STEPS[index];
    const router =
      before === "routed" || before === "received"
        ? lastRouter(facts.requests.flatMap((request) => [...request.received, ...request.routed]))
        : lastRouter(
            facts.messages.filter((message) => stepOf(message.type) === before).flatMap((message) => message.events),
          );
    if (router !== null) return router;
  }
  return null;
}
