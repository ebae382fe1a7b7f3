/**
 * Events that this process stored a moment ago, as the judge reads them. The judge asks the database which events there
 * are, and takes from here what they hold. An event is known by its ordinal and the transaction that wrote its row: one
 * that was changed since, by whomever, or that came in by another process, is not found and is read whole.
 */
import type { ObservedEvent, TelemetryEvent } from "@/domain/telemetry/event";
import { toMicros } from "./event-rows";

/** An observation with its place in the order of receipt, by which a repeated id is resolved: the first received wins. */
export interface StoredEvent {
  ordinal: number;
  event: ObservedEvent;
}

export interface RecentEvents {
  /** Takes events that `transaction` (its 32-bit number) wrote under these ordinals. It need not be committed. */
  add(events: readonly TelemetryEvent[], ordinals: readonly number[], transaction: number): void;
  find(ordinal: number, transaction: number): StoredEvent | null;
  /** False for a while after most of what was looked for was not there: many processes take the same traffic. */
  isUseful(): boolean;
}

/** More than what waits to be judged under load; so many to twice as many are held, in about 450 bytes each. */
const HELD = 60_000;
/** Texts that are kept once, however many events carry them. */
const SHARED_TEXTS = 20_000;

/** So many events looked for say whether it is worth looking; if not, so many times nobody looks. */
const SAMPLE = 1_000;
const PAUSE = 8;

export function createRecentEvents(held: number = HELD): RecentEvents {
  let newer = new Map<number, StoredEvent & { transaction: number }>();
  let older = newer;
  const share = createSharedTexts();
  let found = 0;
  let missed = 0;
  let pause = 0;
  return {
    add(events, ordinals, transaction) {
      for (const [i, event] of events.entries()) {
        const ordinal = ordinals[i];
        if (ordinal !== undefined) newer.set(ordinal, { ordinal, event: observed(event, share), transaction });
      }
      if (newer.size < held) return;
      older = newer;
      newer = new Map();
    },
    find(ordinal, transaction) {
      const known = newer.get(ordinal) ?? older.get(ordinal);
      if (known?.transaction !== transaction) {
        missed++;
        return null;
      }
      found++;
      return known;
    },
    isUseful() {
      if (found + missed >= SAMPLE) {
        if (missed > found) pause = PAUSE;
        found = 0;
        missed = 0;
      }
      if (pause === 0) return true;
      pause--;
      return false;
    },
  };
}

type Share = <Text extends string | null>(text: Text) => Text;

/** Equal texts that came over a wire are as many copies; of those that are kept, each is kept once. */
function createSharedTexts(): Share {
  const texts = new Map<string, string>();
  return <Text extends string | null>(text: Text): Text => {
    if (text === null) return text;
    const known = texts.get(text);
    if (known !== undefined) return known as Text;
    if (texts.size >= SHARED_TEXTS) texts.clear();
    texts.set(text, text);
    return text;
  };
}

/** What the judge would read of it: no content, times in whole µs. */
function observed(event: TelemetryEvent, share: Share): ObservedEvent {
  return {
    environment: share(event.environment),
    id: event.id,
    timeMs: toMicros(event.timeMs) / 1000,
    receivedAtMs: toMicros(event.receivedAtMs) / 1000,
    clockOffsetMs: event.clockOffsetMs,
    stage: event.stage,
    type: share(event.type),
    userId: share(event.userId),
    connectionId: share(event.connectionId),
    threadId: share(event.threadId),
    runId: share(event.runId),
    messageId: share(event.messageId),
    inReplyTo: share(event.inReplyTo),
    agentName: share(event.agentName),
    parentAgent: share(event.parentAgent),
    toolName: share(event.toolName),
    toolCallId: share(event.toolCallId),
    router: share(event.router),
    handler: share(event.handler),
    seq: event.seq,
    attempt: event.attempt,
    outcome: event.outcome,
    errorCode: share(event.errorCode),
    durationMs: event.durationMs,
    payloadBytes: event.payloadBytes,
    payloadHash: event.payloadHash,
    payloadHashKind: event.payloadHashKind,
    scope: event.scope,
    service: share(event.service),
    instance: share(event.instance),
    version: share(event.version),
    sourceId: share(event.sourceId),
    routingIds: event.routingIds,
    canaryUsers: event.canaryUsers,
  };
}
