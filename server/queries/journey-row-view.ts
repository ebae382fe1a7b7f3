import { type JourneyRow, journeyStatus } from "@/contracts/http";
import type { JourneyListRow } from "@/server/storage/reading/list-journeys";
import { iso, isoOrNull } from "./iso";

/** Entries of one journey's lists that a row shows; the journey's own page has all. */
const MAX_LISTED = 50;

/** A journey as one line of a list. */
export function journeyRowView(row: JourneyListRow): JourneyRow {
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
    findings: row.findings.slice(0, MAX_LISTED),
    routers: row.routers.slice(0, MAX_LISTED),
    versions: row.versions.slice(0, MAX_LISTED),
    eventCount: row.event_count,
  };
}
