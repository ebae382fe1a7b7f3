import { duration } from "@/client/format";
import { findingTitle } from "@/client/words";
import type { UserLanes } from "@/contracts/http";
import { groupBy } from "@/domain/collections/group-by";
import type { TimeScale } from "./prepare-scale";
import type { JourneyBar, JourneyLane, StatusStack } from "./prepared-overview";

const MAX_THREADS = 6;
/** No thread's id: it has a space. */
const ALL = "all journeys";
const MAX_ROWS = 4;
const LEAST_PX = 4;
const APART_PX = 1;
const STACKED = ["failed", "degraded", "running", "succeeded", "abandoned", "cancelled", "unobserved"];

type Journey = UserLanes["journeys"][number];

/** A lane for each thread, the newest first, as long as they are few; else one for all of them. */
export function prepareThreads(journeys: Journey[], scale: TimeScale): JourneyLane[] {
  const inOrder = [...journeys].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const threads = groupBy(inOrder, ({ threadId }) => threadId ?? "");
  if (threads.size > MAX_THREADS) return [lane(ALL, "Journeys", inOrder, scale)];
  return [...threads].reverse().map(([thread, list]) => lane(thread, thread || "no thread", list, scale));
}

function lane(key: string, label: string, journeys: Journey[], scale: TimeScale): JourneyLane {
  const ends: number[] = [];
  const bars: JourneyBar[] = journeys.map((journey) => {
    const x = scale.xOf(Date.parse(journey.startedAt));
    const width = Math.max(LEAST_PX, scale.xOf(Date.parse(journey.untilAt)) - x);
    const free = ends.findIndex((end) => end + APART_PX <= x);
    const row = free >= 0 ? free : Math.min(ends.length, MAX_ROWS - 1);
    ends[row] = Math.max(ends[row] ?? 0, x + width);
    return { key: journey.id, x, width, row, status: journey.status, journeyId: journey.id, title: titleOf(journey) };
  });
  return { key, label, isThread: key !== ALL, rows: Math.max(1, ends.length), bars };
}

function titleOf({ id, status, startedAt, untilAt, brokenBy }: Journey): string {
  const took = duration(Date.parse(untilAt) - Date.parse(startedAt));
  return `${id}: ${status}${brokenBy ? ` (${findingTitle(brokenBy)})` : ""}, ${took}`;
}

/** Journeys by status, stacked where they began. */
export function prepareStacks(buckets: NonNullable<UserLanes["journeyBuckets"]>, scale: TimeScale): StatusStack[] {
  const byBucket = new Map<number, Map<string, number>>();
  for (const [bucket, status, journeys] of buckets.items) {
    const stack = byBucket.get(bucket) ?? new Map<string, number>();
    byBucket.set(bucket, stack.set(status, journeys));
  }
  const heights = [...byBucket.values()].map((stack) => [...stack.values()].reduce((sum, n) => sum + n, 0));
  const highest = Math.max(1, ...heights);
  return [...byBucket].map(([bucket, stack]) => {
    const fromMs = Date.parse(buckets.from) + bucket * buckets.bucketMs;
    const x = scale.xOf(fromMs);
    return {
      x,
      width: Math.max(1, scale.xOf(fromMs + buckets.bucketMs) - x),
      parts: STACKED.flatMap((status) => {
        const journeys = stack.get(status) ?? 0;
        return journeys > 0 ? [{ status, share: journeys / highest }] : [];
      }),
    };
  });
}
