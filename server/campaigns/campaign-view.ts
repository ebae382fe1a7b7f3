/** A campaign with every criterion evaluated: now, or as of its end. */
import type { Campaign } from "@/contracts/campaigns";
import {
  type Criterion,
  type EvaluatedCriterion,
  type Evidence,
  evaluateCriterion,
  isDone,
  isOfTraffic,
} from "@/domain/consolidation/campaign";
import { iso, isoOrNull } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import type { Campaign as Stored } from "@/server/storage/generated/client";
import { readEvidence } from "./read-evidence";

const MINUTE_MS = 60_000;
/** Points of a criterion that are told. */
const TREND = 60;

export async function campaignView(db: Database, stored: Stored, nowMs: number): Promise<Campaign> {
  const { id, name, environment, windowMinutes, holdMinutes, project, endedAt, changedAt, changedBy } = stored;
  const criteria = stored.criteria as unknown as Criterion[];
  const asOfMs = endedAt?.getTime() ?? nowMs;
  const evidence = await readEvidence(db, { environment, time: { windowMinutes, holdMinutes }, criteria, asOfMs });
  const evaluated = criteria.map((criterion) => evaluateCriterion(criterion, evidence));
  return {
    ...{ id, name, environment, windowMinutes, holdMinutes, project, changedBy },
    endedAt: isoOrNull(endedAt),
    asOf: iso(asOfMs),
    changedAt: iso(changedAt),
    done: isDone(evaluated, holdMinutes * MINUTE_MS, asOfMs),
    met: evaluated.filter(({ met }) => met === true).length,
    criteria: evaluated.map((one) => criterionView(one, evidence)),
  };
}

function criterionView(
  { criterion, now, met, sinceMs, trend }: EvaluatedCriterion,
  evidence: Evidence,
): Campaign["criteria"][number] {
  return {
    ...{ criterion, now, met },
    since: sinceMs === null ? null : iso(sinceMs),
    trend: trend.slice(-TREND).map(({ atMs, ...point }) => ({ at: iso(atMs), ...point })),
    evidence: evidenceOf(criterion, evidence),
  };
}

/** What the newest point was measured on. */
function evidenceOf(criterion: Criterion, evidence: Evidence): Campaign["criteria"][number]["evidence"] {
  if (isOfTraffic(criterion)) {
    const window = evidence.windows.at(-1);
    return window ? { kind: "traffic", from: iso(window.fromMs), to: iso(window.atMs) } : null;
  }
  if (criterion.kind === "suite") {
    const run = evidence.runs[criterion.suite]?.at(-1);
    return run ? { kind: "run", at: iso(run.atMs) } : null;
  }
  const scan = evidence.scans.at(-1);
  return scan ? { kind: "scan", id: scan.id, commit: scan.commit, at: iso(scan.atMs) } : null;
}
