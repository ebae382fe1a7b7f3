import { type JourneyRow, journeyStatus } from "@/contracts/http";
import type { JourneyListRow } from "@/server/storage/reading/list-journeys";
import { firstOf } from "./first-of";
import { iso, isoOrNull } from "./iso";

/** Routers and versions of one journey that a row names. */
const MAX_LISTED = 50;

/** A journey as one line of a list. */
export function journeyRowView(row: JourneyListRow): JourneyRow {
  const routers = firstOf(row.routers, MAX_LISTED);
  const versions = firstOf(row.versions, MAX_LISTED);
  return {
    id: row.id,
    key: row.key,
    environment: row.environment,
    status: journeyStatus.parse(row.status),
    owner: row.owner,
    startedAt: iso(row.started_at),
    endedAt: isoOrNull(row.ended_at),
    durationMs: row.duration_ms,
    brokenAt:
      row.broken_step === null ? null : { step: row.broken_step, hop: row.broken_hop, router: row.broken_router },
    brokenBy: row.broken_finding,
    findings: row.findings,
    routers: routers.items,
    versions: versions.items,
    ...(routers.omitted + versions.omitted > 0
      ? { omitted: { routers: routers.omitted, versions: versions.omitted } }
      : {}),
    eventCount: row.event_count,
  };
}
