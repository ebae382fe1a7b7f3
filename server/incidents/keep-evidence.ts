/** Keeps the evidence of leaks before the telemetry of their day is dropped. */
import { AROUND_MS, readAround } from "@/server/queries/incidents/evidence";
import type { Database } from "@/server/storage/database";
import { keepEvidence, readKeepCandidates } from "@/server/storage/keep-evidence";
import { DAY_MS } from "@/server/storage/partition-days";

/** Of each incident and day the newest; of the others stays what proves them. */
const PER_INCIDENT = 20;
const AT_MOST = 500;
const MAX_BYTES = 256_000;

/**
 * Goes through a day and the edge of the next one, whose leaks look back into it. One that cannot be kept is told to
 * `onError` and holds up nobody: space must become free.
 * @returns how many were kept
 */
export async function keepEvidenceOfDay(
  db: Database,
  day: number,
  nowMs: number,
  onError: (error: unknown) => void,
): Promise<number> {
  const stretch = { from: new Date(day), to: new Date(day + DAY_MS + AROUND_MS) };
  let kept = 0;
  for (const name of await readKeepCandidates(db, { ...stretch, perIncident: PER_INCIDENT, atMost: AT_MOST })) {
    try {
      await keepEvidence(db, name, () => boundedAround(db, name), nowMs);
      kept += 1;
    } catch (error) {
      onError(error);
    }
  }
  return kept;
}

async function boundedAround(db: Database, { environment, key }: { environment: string; key: string }) {
  const occurrence = await db.prisma.occurrence.findUnique({ where: { environment_key: { environment, key } } });
  if (!occurrence) return null;
  let around = await readAround(db, occurrence);
  // Names may be long: the nearest of what both did is kept.
  for (let keep = 40; Buffer.byteLength(JSON.stringify(around)) > MAX_BYTES && keep > 0; keep -= 10) {
    const atMs = occurrence.occurredAt.getTime();
    const sides = around.sides.map((side) => {
      const before = side.events.filter(({ time }) => Date.parse(time) <= atMs);
      const after = side.events.slice(before.length);
      return { ...side, events: [...before.slice(-keep), ...after.slice(0, keep)], moreBefore: true, moreAfter: true };
    });
    around = { ...around, sides };
  }
  return around;
}
