import type { Database } from "@/server/storage/database";
import { readRollups } from "@/server/storage/reading/read-rollups";
import type { BucketGrid } from "./bucket-grid";
import { Tally } from "./tally";

export interface Tallies {
  now: Tally;
  /** The period of equal length before. */
  before: Tally;
  /** By start of the bucket in ms, in both periods. */
  buckets: Map<number, Tally>;
}

/** Counters of a range and of the one before it, as a whole and by bucket. */
export async function readTallies(db: Database, environments: string[], grid: BucketGrid): Promise<Tallies> {
  const { bucketMs, grain, fromMs, toMs, spanMs } = grid;
  const now = new Tally();
  const before = new Tally();
  const buckets = new Map<number, Tally>();
  const range = { from: new Date(fromMs), to: new Date(toMs), spanMs };
  for (const row of await readRollups(db, { environments, grain, ...range, bucketMs })) {
    (row.before ? before : now).add(row.metric, row.n);
    if (row.at === null) continue;
    const startMs = row.at.getTime();
    const bucket = buckets.get(startMs) ?? new Tally();
    bucket.add(row.metric, row.n);
    buckets.set(startMs, bucket);
  }
  return { now, before, buckets };
}
