import { findingTitle, stepTitle } from "@/client/words";
import type { JourneyRow } from "@/contracts/http";

/** What happened to a journey, in half a line: what broke and where, else what was noticed. */
export function prepareOutcome(row: JourneyRow): { text: string; broken: boolean } {
  if (row.brokenAt) {
    const what = findingTitle(row.brokenBy ?? row.findings[0] ?? "failed");
    return { text: `${what} at ${stepTitle(row.brokenAt.step).toLowerCase()}`, broken: true };
  }
  return { text: row.findings.map(findingTitle).join(", "), broken: false };
}
