/**
 * The one door for telemetry: normalises and redacts each item, stores what is good in one transaction with its dirty
 * marks, and answers after the commit. Work in flight is bounded; beyond the bound a batch is refused with a time to retry.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { BatchAnswer } from "@/contracts/http";
import { allowList } from "@/domain/redaction/allow-list";
import { createRedactor, type Redactor } from "@/domain/redaction/redact";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { type NormaliseContext, normalise } from "@/domain/telemetry/normalise";
import type { Rejection } from "@/domain/telemetry/rejection";
import type { Database } from "@/server/storage/database";
import type { InsertOutcome } from "@/server/storage/insert-distinct";
import { insertEvents } from "@/server/storage/insert-events";
import { type ClockOffsets, createClockOffsets } from "./clock-offsets";
import { findCanaries } from "./find-canaries";
import { createFingerprints } from "./fingerprints";
import { createGroupCommit } from "./group-commit";
import type { BatchOrigin, Ingest, IngestRefusal, IngestResult } from "./types";
import { UnreadableItem } from "./unreadable-item";

export const MAX_ITEMS = 10_000;
const MAX_SPELLED_OUT = 1_000;
/** Items normalised before other work gets a turn. */
const ITEMS_PER_TURN = 250;
const RETRY_QUEUE_MS = 1_000;
const RETRY_STORAGE_MS = 60_000;
const RETRY_DATABASE_MS = 5_000;

export interface IngestDeps {
  db: Database;
  /** The installation's secret; fingerprints of content are keyed with it. */
  secret: Buffer;
  /** The operator's type aliases of an environment, as of now. */
  typeAliases(environment: string): Readonly<Record<string, string>>;
  /** How old an event may be, as of now. */
  retentionMs(): number;
  /** Field names whose plain values may be stored, beside the built-in ones; the same array until they change. */
  allowedFields(): readonly string[];
  /** True while today's data alone fills the disk that Signalbox may use. */
  storageFull(): boolean;
  /** The event as it may be stored, when a user it names was erased. */
  forget?: (event: TelemetryEvent) => TelemetryEvent;
  /** Told after each commit: there is something to judge. */
  onCommit(): void;
  /** Told of failures that are nobody's data; must not be given content. */
  onError(error: unknown): void;
  /** Items that may be on their way to the disk at the same time. Default 30,000. */
  maxItemsInFlight?: number;
}

export interface IngestService extends Ingest {
  /** Offset of a sender's clock as last stated (ms), null where it states none. */
  clockOffsetMs(sender: string, atMs: number): number | null;
  itemsInFlight(): number;
  /** Resolves when everything taken so far is answered. */
  idle(): Promise<void>;
}

export function createIngest(deps: IngestDeps): IngestService {
  const fingerprints = createFingerprints(deps.secret);
  const redactorOf = rememberLast((fields: readonly string[]) => createRedactor(allowList(fields), fingerprints.short));
  const clocks = createClockOffsets();
  const commits = createGroupCommit({
    insert: (batch) => insertEvents(deps.db, batch),
    inserters: 2,
    maxRows: 1_000,
    onCommit: deps.onCommit,
  });
  const forget = deps.forget ?? ((event: TelemetryEvent) => event);
  const maxInFlight = deps.maxItemsInFlight ?? 30_000;
  let inFlight = 0;

  const refusal = (items: unknown[]): IngestRefusal | null => {
    if (items.length > MAX_ITEMS) return { code: "too_many_items", message: `at most ${MAX_ITEMS} events at once` };
    if (deps.storageFull()) {
      return {
        code: "storage_full",
        message: "the disk space for telemetry is used up",
        retryAfterMs: RETRY_STORAGE_MS,
      };
    }
    if (inFlight > 0 && inFlight + items.length > maxInFlight) {
      return { code: "queue_full", message: "too much is waiting to be stored", retryAfterMs: RETRY_QUEUE_MS };
    }
    return null;
  };

  const take = async (items: unknown[], origin: BatchOrigin): Promise<IngestResult> => {
    const batch = await normaliseAll(items, {
      receivedAtMs: origin.receivedAtMs,
      retentionMs: deps.retentionMs(),
      environments: origin.environments,
      defaultEnvironment: origin.defaultEnvironment,
      typeAliases: deps.typeAliases,
      redactor: redactorOf(deps.allowedFields()),
      payloadHash: fingerprints.long,
      sourceId: origin.source?.id ?? null,
    });
    stampClocks(batch.events, origin, clocks);
    try {
      const step = origin.source && { ...origin.source, rejected: batch.rejected.length };
      const nothing = batch.events.length === 0 && !origin.source;
      const events = (await findCanaries(deps.db, batch.events, batch.canaryTokens)).map(forget);
      const outcomes = nothing ? [] : await commits.submit(events, step);
      return { ok: true, answer: answerOf(batch, outcomes) };
    } catch (error) {
      deps.onError(error);
      const message = "the database cannot be reached";
      return { ok: false, refusal: { code: "unavailable", message, retryAfterMs: RETRY_DATABASE_MS } };
    }
  };

  return {
    ingest: async (items, origin) => {
      const refused = refusal(items);
      if (refused) return { ok: false, refusal: refused };
      inFlight += items.length;
      try {
        return await take(items, origin);
      } finally {
        inFlight -= items.length;
      }
    },
    clockOffsetMs: (sender, atMs) => clocks.read(sender, atMs),
    itemsInFlight: () => inFlight,
    idle: () => commits.idle(),
  };
}

/** A redactor is made anew when the allowed names are another array. */
function rememberLast(make: (fields: readonly string[]) => Redactor): typeof make {
  let last: { fields: readonly string[]; redactor: Redactor } | null = null;
  return (fields) => {
    if (last?.fields !== fields) last = { fields, redactor: make(fields) };
    return last.redactor;
  };
}

interface NormalisedBatch {
  events: TelemetryEvent[];
  /** Index of each event among the items. */
  indexes: number[];
  /** What looks like a canary token, by the position of its event. */
  canaryTokens: Map<number, readonly string[]>;
  rejected: (Rejection & { index: number })[];
}

async function normaliseAll(items: unknown[], context: NormaliseContext): Promise<NormalisedBatch> {
  const batch: NormalisedBatch = { events: [], indexes: [], canaryTokens: new Map(), rejected: [] };
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % ITEMS_PER_TURN === 0) await nextTurn();
    if (item instanceof UnreadableItem) {
      batch.rejected.push({ index, id: null, code: "invalid_json", message: item.message });
      continue;
    }
    const normalised = normalise(item, context);
    if (normalised.ok) {
      if (normalised.canaryTokens.length > 0) batch.canaryTokens.set(batch.events.length, normalised.canaryTokens);
      batch.events.push(normalised.event);
      batch.indexes.push(index);
    } else batch.rejected.push({ index, ...normalised.rejection });
  }
  return batch;
}

/** A sender may speak for several processes; each has a clock of its own, all stated by the batch's `sentAt`. */
function stampClocks(events: TelemetryEvent[], origin: BatchOrigin, clocks: ClockOffsets): void {
  if (origin.sentAtMs === null) return;
  const stated = origin.receivedAtMs - origin.sentAtMs;
  clocks.observe(origin.sender, stated, origin.receivedAtMs);
  const offsets = new Map<string, number>();
  for (const event of events) {
    const clock = [origin.sender, event.service, event.instance].join("\n");
    const offsetMs = offsets.get(clock) ?? clocks.observe(clock, stated, origin.receivedAtMs);
    offsets.set(clock, offsetMs);
    event.clockOffsetMs = offsetMs;
  }
}

function answerOf(batch: NormalisedBatch, outcomes: InsertOutcome[]): BatchAnswer {
  const rejected = [...batch.rejected];
  let accepted = 0;
  let duplicates = 0;
  for (const [position, outcome] of outcomes.entries()) {
    if (outcome === "inserted") accepted++;
    else if (outcome === "not_storable") {
      const id = batch.events[position]?.id ?? null;
      const index = batch.indexes[position] ?? position;
      rejected.push({ index, id, code: "not_storable", message: "the database refused this event" });
    } else duplicates++;
  }
  rejected.sort((a, b) => a.index - b.index);
  return { accepted, duplicates, rejected: rejected.slice(0, MAX_SPELLED_OUT), rejectedTotal: rejected.length };
}
