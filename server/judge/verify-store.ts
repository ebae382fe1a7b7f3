/**
 * Recomputes every verdict and every counter from the stored events and names what differs from what is stored.
 * Answers the queue first, so that only real differences are left; may run beside a running app.
 */
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Policy } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import { autoCommit } from "@/server/storage/judging/transaction";
import { counterTotals } from "@/server/storage/judging/verify-pages";
import { createJudge } from "./create-judge";
import { verifyConnections } from "./verify-connections";
import { type Counters, createCounters } from "./verify-counters";
import { verifyJourneys } from "./verify-journeys";

/** Something that is stored otherwise than the events say. */
export interface Difference {
  what:
    | "journey_missing"
    | "journey_unexpected"
    | "verdict_differs"
    | "loose_message_differs"
    | "connection_differs"
    | "counter_differs";
  environment: string;
  key: string;
  expected: unknown;
  stored: unknown;
}

export interface Verification {
  differences: Difference[];
  /** Journeys recomputed. */
  journeys: number;
  /** Counters recomputed, minutes and hours. */
  rollups: number;
}

/** Ingest and judges go on meanwhile: what differs is looked at again so often. */
const ATTEMPTS = 3;

/**
 * @param nowMs the present; verdicts whose deadline lies before it may differ until they are judged again
 * @param policy for environments without a stored policy
 */
export async function verifyStore(db: Database, nowMs: number, policy: Policy = DEFAULT_POLICY): Promise<Verification> {
  const silent = { warn: () => undefined, error: () => undefined };
  const judge = createJudge({ db, log: silent, nowMs: () => nowMs, onJudged: () => undefined, workers: 0, policy });
  for (let attempt = 1; ; attempt++) {
    await judge.drain();
    const result = await verifyOnce(db, nowMs, policy);
    if (result.differences.length === 0 || attempt === ATTEMPTS) return result;
  }
}

async function verifyOnce(db: Database, nowMs: number, policy: Policy): Promise<Verification> {
  const counters = createCounters();
  const { differences, journeys } = await verifyJourneys(db, nowMs, policy, counters);
  differences.push(...(await verifyConnections(db, counters)));
  for (const grain of ["minute", "hour"] as const) differences.push(...(await compareCounters(db, grain, counters)));
  return { differences, journeys, rollups: counters.size() };
}

async function compareCounters(db: Database, grain: "minute" | "hour", counters: Counters): Promise<Difference[]> {
  const expected = counters.of(grain);
  const differences: Difference[] = [];
  for (const { environment, bucketMs, metric, n } of await counterTotals(autoCommit(db.pool), grain)) {
    const key = JSON.stringify([environment, bucketMs, metric]);
    const wanted = expected.get(key) ?? 0;
    expected.delete(key);
    if (wanted !== n) differences.push(counterDiffers(grain, key, wanted, n));
  }
  for (const [key, wanted] of expected) if (wanted !== 0) differences.push(counterDiffers(grain, key, wanted, 0));
  return differences;
}

function counterDiffers(grain: string, name: string, expected: number, stored: number): Difference {
  const [environment, bucketMs, metric] = JSON.parse(name) as [string, number, string];
  const key = `${metric} in the ${grain} of ${new Date(bucketMs).toISOString()}`;
  return { what: "counter_differs", environment, key, expected, stored };
}
