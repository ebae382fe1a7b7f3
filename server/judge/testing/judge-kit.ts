/** A judge over a test database, and telemetry that reaches it as ingest would store it. */
import { join } from "node:path";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Policy } from "@/domain/journeys/types";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { fromWire } from "@/domain/testing/from-wire";
import { marksOf } from "@/server/ingest/marks";
import type { Database } from "@/server/storage/database";
import { insertEvents } from "@/server/storage/insert-events";
import { createJudge } from "../create-judge";
import type { Judge, JudgedChange } from "../types";

export const FIXTURES = join(import.meta.dirname, "../../../e2e/fixtures");

/** Stores events in one transaction, with the marks that ingest would leave. */
export async function store(db: Database, events: readonly TelemetryEvent[]): Promise<void> {
  await insertEvents(db, { events, marksOf, notesOf: () => [], source: null });
}

/** Telemetry as it goes over the wire, normalised. */
export function telemetry(items: readonly unknown[], receivedAtMs: number): TelemetryEvent[] {
  return fromWire(items, receivedAtMs) as TelemetryEvent[];
}

export interface TestJudge extends Pick<Judge, "drain" | "start" | "stop" | "state"> {
  changes: JudgedChange[];
  errors: string[];
}

/** A judge that does not throttle; its errors are collected. */
export function testJudge(
  db: Database,
  {
    nowMs = Date.now,
    workers = 1,
    policy = DEFAULT_POLICY,
  }: { nowMs?: () => number; workers?: number; policy?: Policy } = {},
): TestJudge {
  const changes: JudgedChange[] = [];
  const errors: string[] = [];
  const note = (details: object, message: string) => {
    const error = "err" in details && details.err instanceof Error ? details.err.stack : "";
    errors.push(`${message} ${error}`);
  };
  const judge = createJudge({
    db,
    log: { warn: note, error: note },
    nowMs,
    onJudged: (change) => changes.push(change),
    workers,
    policy,
    throttleMs: 0,
  });
  return { ...judge, changes, errors };
}

/** A generator of numbers in [0, 1) that is the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same items in another order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [copy[i] as T, copy[j] as T];
    copy[i] = b;
    copy[j] = a;
  }
  return copy;
}

/** Cuts items into portions of 1 to `most`. */
export function portions<T>(items: readonly T[], most: number, random: () => number): T[][] {
  const cut: T[][] = [];
  for (let i = 0; i < items.length; ) {
    const size = 1 + Math.floor(random() * most);
    cut.push(items.slice(i, i + size));
    i += size;
  }
  return cut;
}
