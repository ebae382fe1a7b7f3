/** What the occurrences of one incident have in common, over time. */
import type { IncidentFacts } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { readIncidentFacts, readIncidentSeries } from "@/server/storage/reading/incidents/incident-facts";
import { bucketGrid } from "../bucket-grid";
import { iso } from "../iso";

/** Occurrences that are looked at, the newest. */
export const COUNTED_OCCURRENCES = 20_000;
const MAX_LISTED = 50;

export async function incidentFacts(db: Database, id: string, standing: number): Promise<IncidentFacts> {
  const of = { id, atMost: COUNTED_OCCURRENCES };
  const [row, stored] = await Promise.all([
    readIncidentFacts(db, { ...of, listed: MAX_LISTED }),
    db.prisma.occurrence.count({ where: { incidentId: id, withdrawnAt: { not: null } } }),
  ]);
  const from = row?.first_at?.getTime() ?? null;
  const to = row?.last_at?.getTime() ?? null;
  const grid = from === null || to === null ? null : bucketGrid(from, to + 1);
  const counts = grid ? await readIncidentSeries(db, { ...of, bucketMs: grid.bucketMs }) : new Map<number, number>();
  return {
    counted: row?.counted ?? 0,
    omitted: Math.max(0, standing - (row?.counted ?? 0)),
    withdrawn: stored,
    journeys: row?.journeys ?? 0,
    owners: row?.owners ?? [],
    ownersTotal: row?.owners_total ?? 0,
    recipients: row?.recipients ?? [],
    recipientsTotal: row?.recipients_total ?? 0,
    versions: (row?.versions ?? []).map(({ version, occurrences, firstAtMs, lastAtMs }) => ({
      ...{ version, occurrences, firstAt: iso(firstAtMs), lastAt: iso(lastAtMs) },
    })),
    versionsTotal: row?.versions_total ?? 0,
    bucketMs: grid?.bucketMs ?? 60_000,
    series: (grid?.starts ?? []).map((at) => ({ at: iso(at), occurrences: counts.get(at) ?? 0 })),
  };
}
