/**
 * Contents that reached several users. What was judged marks the contents that another message carries too; they are
 * judged on their own, in stretches of time, so that one that goes to everybody is not read whole each time.
 */
import { mayCarryContent, SAME_CONTENT_MS, STRETCH_MS, sameContent } from "@/domain/leaks/same-content";
import type { ObservedEvent } from "@/domain/telemetry/event";
import { type CarriedContent, contentEvents, sharedContents } from "@/server/storage/judging/contents";
import { intervalsOfConnections } from "@/server/storage/judging/load-intervals";
import { lockAll } from "@/server/storage/judging/locks";
import { addMarks, type Subject } from "@/server/storage/judging/marks";
import type { FoundLeaks } from "@/server/storage/judging/occurrences";
import type { Session } from "@/server/storage/judging/transaction";

/** A content is judged once for all that is judged meanwhile. */
const TOGETHER_MS = 200;
/** What was emitted is sent within this time, as a rule. */
const ON_THE_WAY_MS = 300_000;

const stretchOf = (timeMs: number) => Math.floor(timeMs / STRETCH_MS);
const keyOf = (hash: string, stretch: number) => JSON.stringify([hash, stretch]);

/** A stretch, with the deliveries before it beside which its own are seen, and their emission. */
function spanOf(environment: string, hash: string, stretch: number) {
  const fromMs = stretch * STRETCH_MS;
  return {
    ...{ environment, hash, stretch },
    fromMs: fromMs - SAME_CONTENT_MS - ON_THE_WAY_MS,
    toMs: fromMs + STRETCH_MS + ON_THE_WAY_MS,
  };
}

/** Marks the contents of these events that another message carries too. */
export async function markContents(session: Session, events: Iterable<ObservedEvent>): Promise<void> {
  const carried = new Map<string, CarriedContent & { stretch: number }>();
  for (const event of events) {
    const { environment, payloadHash: hash, messageId, runId, id, timeMs } = event;
    if (hash === null || !mayCarryContent(event)) continue;
    const message = messageId ?? runId ?? id;
    for (const stretch of [stretchOf(timeMs), stretchOf(timeMs + SAME_CONTENT_MS)]) {
      const name = JSON.stringify([environment, hash, message, stretch]);
      if (!carried.has(name)) carried.set(name, { ...spanOf(environment, hash, stretch), message });
    }
  }
  const marks = new Map<string, Subject>();
  for (const { environment, hash, stretch } of await sharedContents(session, [...carried.values()])) {
    const key = keyOf(hash, stretch);
    marks.set(`${environment}\u0000${key}`, { kind: "content", environment, key });
  }
  await addMarks(session, [...marks.values()], TOGETHER_MS);
}

/** Judges the contents among `taken`, under their locks. */
export async function judgeContents(session: Session, taken: readonly Subject[]): Promise<FoundLeaks> {
  const spans = taken.flatMap(({ kind, environment, key }) => {
    if (kind !== "content") return [];
    const [hash, stretch] = JSON.parse(key) as [string, number];
    return { ...spanOf(environment, hash, stretch), subject: `content ${key}` };
  });
  await lockAll(
    session,
    spans.map(({ environment, subject }) => `${environment}\u0000${subject}`),
  );
  const events = await contentEvents(session, spans);
  const connections = events
    .flat()
    .flatMap(({ environment, connectionId }) => (connectionId === null ? [] : [{ environment, id: connectionId }]));
  const intervals = await intervalsOfConnections(session, connections);
  return {
    subjects: spans.map(({ environment, subject }) => ({ environment, key: subject })),
    found: spans.flatMap(({ environment, hash, stretch, subject }, i) => {
      const own = events[i] ?? [];
      const named = new Set(own.map(({ connectionId }) => connectionId));
      const theirs = intervals.filter(
        (interval) => interval.environment === environment && named.has(interval.connectionId),
      );
      return sameContent(hash, own, theirs)
        .filter(({ occurredAtMs }) => stretchOf(occurredAtMs) === stretch)
        .map((occurrence) => ({ ...occurrence, environment, subject }));
    }),
  };
}
