import { findingTitle, stepTitle } from "@/client/words";
import type { JourneyRow } from "@/contracts/http";

const NAMES_ITS_STEP = new Set(["not_routed", "agent_not_started"]);

/** What happened to a journey, in half a line: what broke and where, else what was noticed. */
export function prepareOutcome(row: JourneyRow): { text: string; broken: boolean } {
  if (row.brokenAt) {
    const what = findingTitle(row.brokenBy ?? row.findings[0] ?? "failed");
    const place = NAMES_ITS_STEP.has(row.brokenBy ?? "") ? "" : ` at ${stepTitle(row.brokenAt.step).toLowerCase()}`;
    return { text: `${what}${place}`, broken: true };
  }
  return { text: row.findings.map(findingTitle).join(", "), broken: false };
}
