/** Compares the counters with what everything that is stored counts for, both as they were at one moment. */
import { MINUTE_MS, placed } from "@/domain/rollups/counter";
import type { Database } from "@/server/storage/database";
import { eachContribution } from "@/server/storage/judging/contribution-pages";
import { inSnapshot } from "@/server/storage/judging/transaction";
import { counterTotals } from "@/server/storage/judging/verify-pages";
import type { Difference } from "./verify-store";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Counters by minute are kept this long. */
const MINUTES_KEPT_MS = 13 * DAY_MS;

const GRAINS = { minute: MINUTE_MS, hour: HOUR_MS } as const;
type Grain = keyof typeof GRAINS;

export interface CountersVerified {
  differences: Difference[];
  /** Counters compared, minutes and hours. */
  compared: number;
}

/** Counters of days that were dropped, and of the one after them, have lost what they were made from. */
export async function verifyCounters(db: Database, nowMs: number): Promise<CountersVerified> {
  const dropped = await db.prisma.droppedDay.aggregate({ _max: { day: true } });
  const keptMs = dropped._max.day === null ? Number.NEGATIVE_INFINITY : dropped._max.day.getTime() + 2 * DAY_MS;
  const fromMs: Record<Grain, number> = { minute: Math.max(keptMs, nowMs - MINUTES_KEPT_MS), hour: keptMs };
  return inSnapshot(db.pool, async (session) => {
    const wanted = { minute: new Map<string, number>(), hour: new Map<string, number>() };
    await eachContribution(session, (environment, contribution) => {
      for (const { minuteMs, metric, n } of placed(contribution)) {
        for (const grain of ["minute", "hour"] as const) {
          const bucketMs = Math.floor(minuteMs / GRAINS[grain]) * GRAINS[grain];
          if (bucketMs < fromMs[grain]) continue;
          const key = JSON.stringify([environment, bucketMs, metric]);
          wanted[grain].set(key, (wanted[grain].get(key) ?? 0) + n);
        }
      }
    });
    const differences: Difference[] = [];
    const compared = wanted.minute.size + wanted.hour.size;
    for (const grain of ["minute", "hour"] as const) {
      const stored = (await counterTotals(session, grain)).filter(({ bucketMs }) => bucketMs >= fromMs[grain]);
      differences.push(...compare(grain, wanted[grain], stored));
    }
    return { differences, compared };
  });
}

function compare(
  grain: Grain,
  wanted: Map<string, number>,
  stored: readonly { environment: string; bucketMs: number; metric: string; n: number }[],
): Difference[] {
  const differences: Difference[] = [];
  for (const { environment, bucketMs, metric, n } of stored) {
    const key = JSON.stringify([environment, bucketMs, metric]);
    const expected = wanted.get(key) ?? 0;
    wanted.delete(key);
    if (expected !== n) differences.push(counterDiffers(grain, key, expected, n));
  }
  for (const [key, expected] of wanted) if (expected !== 0) differences.push(counterDiffers(grain, key, expected, 0));
  return differences;
}

function counterDiffers(grain: Grain, name: string, expected: number, stored: number): Difference {
  const [environment, bucketMs, metric] = JSON.parse(name) as [string, number, string];
  const key = `${metric} in the ${grain} of ${new Date(bucketMs).toISOString()}`;
  return { what: "counter_differs", environment, key, expected, stored };
}
