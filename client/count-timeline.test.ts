import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineSummary } from "@/contracts/http";
import { countTimeline, MOST_COUNTED } from "./count-timeline";
import { joinParts } from "./timeline-parts";

const PART = 20;
const at = (second: number) => new Date(Date.UTC(2026, 10, 21) + second * 1_000).toISOString();

/** Answers as the API does: the newest of the range, and since when. */
function answer(seconds: readonly number[], chunkRows = 8) {
  return async (from: string | null, to: string | null): Promise<TimelineSummary> => {
    const inRange = seconds.filter((s) => (from === null || at(s) >= from) && (to === null || at(s) < to));
    const floor = inRange.length > PART ? (inRange.at(-PART) ?? 0) : null;
    const seen = inRange.filter((second) => floor === null || second >= floor);
    const [first, last] = [seen[0], seen.at(-1)];
    const ends = seen.filter((_, n) => (n + 1) % chunkRows === 0 || n === seen.length - 1);
    return {
      ...{ total: seen.length, coveredFrom: floor === null ? null : at(floor), bucketMs: 1_000, chunkRows },
      ...{ firstAt: first === undefined ? null : at(first), lastAt: last === undefined ? null : at(last) },
      buckets: seen.map((second) => [second - (first ?? 0), 1, second % 2]),
      connections: [{ connectionId: "c", instance: "" }],
      connectionBuckets: seen.map((second) => [second - (first ?? 0), 0, 1]),
      chunks: ends.map((second) => ({ endsAt: at(second), cursor: `after ${second}` })),
      facets: { stage: [{ value: "sent", events: seen.length }], type: [], router: [], thread: [] },
      errors: [],
    };
  };
}

const times = fc.uniqueArray(fc.nat(5_000), { maxLength: 150 }).map((list) => list.sort((a, b) => a - b));
const whole = { from: null, to: null };

describe("a timeline that is counted part by part", () => {
  it("has each event once, each row in one chunk, and nothing left out", () =>
    fc.assert(
      fc.asyncProperty(times, async (seconds) => {
        const heard: number[] = [];
        const all = joinParts(await countTimeline(answer(seconds), whole, [], (n) => heard.push(n)));
        expect(all.total).toBe(seconds.length);
        expect(heard.at(-1)).toBe(seconds.length);
        expect(all.coveredFrom).toBeNull();
        expect(all.buckets.reduce((sum, [, events]) => sum + events, 0)).toBe(seconds.length);
        expect(all.buckets.reduce((sum, [, , errors]) => sum + errors, 0)).toBe(seconds.filter((s) => s % 2).length);
        expect(all.connectionBuckets.reduce((sum, [, , events]) => sum + events, 0)).toBe(seconds.length);
        expect(all.facets.stage.reduce((sum, { events }) => sum + events, 0)).toBe(seconds.length);
        expect(all.chunks.flatMap(({ firstRow, rows }) => [firstRow, firstRow + rows])).toEqual(
          [...all.chunks, null].flatMap((chunk, n) =>
            [all.chunks[n - 1] ? (chunk?.firstRow ?? seconds.length) : null, chunk?.firstRow ?? null].filter(
              (row) => row !== null,
            ),
          ),
        );
        for (const { firstRow, cursor } of all.chunks)
          expect(cursor).toBe(firstRow === 0 ? null : `after ${seconds[firstRow - 1]}`);
        expect(all.endCursor).toBe(seconds.length === 0 ? null : `after ${seconds.at(-1)}`);
      }),
    ));

  it("is the same when it is counted again after more events came, and asks only for the newest", () =>
    fc.assert(
      fc.asyncProperty(times, fc.nat(150), async (seconds, earlier) => {
        const before = await countTimeline(answer(seconds.slice(0, earlier)), whole, [], () => undefined);
        const asked: (string | null)[] = [];
        const ask = (from: string | null, to: string | null) => {
          asked.push(from);
          return answer(seconds)(from, to);
        };
        const again = await countTimeline(ask, whole, before, () => undefined);
        expect(joinParts(again).total).toBe(seconds.length);
        expect(new Set(asked)).toEqual(new Set([before.at(-2)?.to ?? null]));
      }),
    ));

  it("stops at the newest two hundred thousand, and says since when", async () => {
    const endless = async (_: string | null, to: string | null): Promise<TimelineSummary> => {
      const endMs = to === null ? Date.UTC(2026, 10, 21) : Date.parse(to);
      return { ...(await answer([1])(null, null)), total: 20_000, coveredFrom: new Date(endMs - 1_000).toISOString() };
    };
    const parts = await countTimeline(endless, whole, [], () => undefined);
    expect(joinParts(parts)).toMatchObject({ total: MOST_COUNTED, coveredFrom: parts[0]?.summary.coveredFrom });
  });
});
