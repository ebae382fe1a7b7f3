/**
 * Recomputes every verdict and every counter from the stored events and names what differs from what is stored. Beside a
 * running app it takes nothing out of the queue: it waits for the app's judge, and leaves out what is marked anew.
 */
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Policy } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import { verifyConnections, verifyTheseConnections } from "./verify-connections";
import { verifyCounters } from "./verify-counters";
import { verifyJourneys, verifyTheseJourneys } from "./verify-journeys";
import { createVerifyQueue } from "./verify-queue";
import { inRounds } from "./verify-rounds";

/** Something that is stored otherwise than the events say. */
export interface Difference {
  what:
    | "journey_missing"
    | "journey_unexpected"
    | "verdict_differs"
    | "contribution_differs"
    | "loose_message_differs"
    | "connection_differs"
    | "leak_differs"
    | "counter_differs";
  environment: string;
  key: string;
  expected: unknown;
  stored: unknown;
}

export interface Verification {
  differences: Difference[];
  /** Journeys and connections that were marked again and again meanwhile: nothing is said about them. */
  skipped: number;
  /** Journeys recomputed. */
  journeys: number;
  /** Counters compared, minutes and hours. */
  rollups: number;
}

export interface VerifyOptions {
  /** For a database that holds no policy. */
  policy?: Policy;
  /** Told now and then while the queue is waited for. */
  onWait?(marks: number, byApp: boolean): void;
}

/** @param clock the present, which decides what is due; a number stands still */
export async function verifyStore(
  db: Database,
  clock: number | (() => number),
  { policy = DEFAULT_POLICY, onWait = () => undefined }: VerifyOptions = {},
): Promise<Verification> {
  const nowMs = typeof clock === "number" ? () => clock : clock;
  const queue = createVerifyQueue(db, { nowMs, policy, onWait });
  try {
    await queue.answered();
    const found = await verifyJourneys(db, nowMs, policy);
    const journeys = await inRounds(found, queue.answered, (seeds) => verifyTheseJourneys(db, seeds, nowMs, policy));
    const connections = await inRounds(await verifyConnections(db), queue.answered, (keys) =>
      verifyTheseConnections(db, keys),
    );
    const counters = await verifyCounters(db, nowMs());
    return {
      differences: [...journeys.differences, ...connections.differences, ...counters.differences],
      skipped: journeys.skipped + connections.skipped,
      journeys: found.journeys,
      rollups: counters.compared,
    };
  } finally {
    await queue.close();
  }
}
