import { counted, figure } from "@/client/format";
import type { FindingView, JourneyDetail } from "@/contracts/http";
import { breakingFinding } from "./prepare-story";

/** Findings of one code: the one that says most, and the others like it. */
export interface FindingGroup {
  code: string;
  first: FindingView;
  more: FindingView[];
}

const RANK: Record<FindingView["severity"], number> = { critical: 0, high: 1, error: 2, warning: 3, info: 4 };

/** One group per code: the worst first, and within a group what broke the journey, what fails it, what came first. */
export function groupFindings(journey: JourneyDetail): FindingGroup[] {
  const broken = breakingFinding(journey);
  const weight = (finding: FindingView) =>
    RANK[finding.severity] * 4 + (finding === broken ? 0 : finding.fails ? 1 : 2);
  const groups = new Map<string, FindingGroup>();
  for (const finding of [...journey.findings].sort((a, b) => weight(a) - weight(b))) {
    const group = groups.get(finding.code);
    if (group) group.more.push(finding);
    else groups.set(finding.code, { code: finding.code, first: finding, more: [] });
  }
  return [...groups.values()];
}

/** "Findings (21 of 2 kinds)"; those that the answer leaves out are counted too. */
export function findingsHeading(journey: JourneyDetail): string {
  const total = journey.findings.length + journey.omitted.findings;
  if (total === 0) return "Findings";
  const kinds = new Set(journey.findings.map(({ code }) => code)).size;
  return total === 1 || kinds === 0
    ? `Findings (${figure(total)})`
    : `Findings (${figure(total)} of ${counted(kinds, "kind")})`;
}
