/** One transaction of a judge worker: takes marks and due deadlines, and answers them. All of it, or nothing. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { PolicyTimeline } from "@/domain/journeys/policy-timeline";
import type { JudgeContext } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import type { ConnectionKey } from "@/server/storage/judging/connections";
import { clearFailures, type Failure, setAside } from "@/server/storage/judging/failures";
import { aliasesOfKeys, clearDeadlines } from "@/server/storage/judging/journeys";
import { lockAll } from "@/server/storage/judging/locks";
import { addMarks, type Mark, type MarkKind, type Subject, takeMarks } from "@/server/storage/judging/marks";
import type { FoundLeaks } from "@/server/storage/judging/occurrences";
import type { PolicyBook } from "@/server/storage/judging/policy-book";
import { appendDeltas, countNotes, createDeltas, type Deltas } from "@/server/storage/judging/rollups";
import { inTransaction, type Session } from "@/server/storage/judging/transaction";
import { fanOut, queueFanOut } from "./fan-out";
import { type JudgedComponent, judgeComponent } from "./judge-component";
import { connectionLock, judgeConnections, newlyAcking } from "./judge-connections";
import { judgeContents, markContents } from "./judge-contents";
import { type Component, loadComponents, sizeOf } from "./load-components";
import { loadContexts } from "./load-contexts";
import { type Seed, seedOf, subjectName } from "./seeds";
import { takenSubjects } from "./taken-subjects";
import type { Throttle } from "./throttle";
import { type WrittenVerdicts, writeVerdicts } from "./write-verdicts";

/** A journey that somebody else judges at this moment is tried again after this long, and up to as much again. */
const BUSY_MS = 20;

/** Judged by the batch itself, whoever's journeys they concern. */
const BESIDE: ReadonlySet<MarkKind> = new Set(["connection", "ack", "content"]);

export interface BatchDeps {
  db: Database;
  nowMs: () => number;
  throttle: Throttle;
  policies: PolicyBook;
}

/** Which part of the queue: the marks of `limit` subjects, after the `skip` oldest. */
export interface Portion {
  limit: number;
  skip: number;
}

export interface BatchResult {
  /** Marks and deadlines that were answered, put-back ones included. 0 = nothing was due. */
  taken: number;
  written: WrittenVerdicts;
  /** Users named by the events that were judged, by environment. */
  users: Map<string, Set<string>>;
  failures: Failure[];
}

/**
 * Judges a portion of the queue, and the journeys in `due` whose deadline has passed. `onTaken` hears which marks these
 * are, for the case that the transaction fails.
 */
export async function judgeBatch(
  deps: BatchDeps,
  { limit, skip }: Portion,
  due: readonly Subject[],
  onTaken: (marks: readonly Mark[]) => void = () => undefined,
): Promise<BatchResult> {
  const { throttle } = deps;
  const startedAtMs = performance.now();
  const after: (() => void)[] = [];
  const result = await inTransaction(deps.db.pool, async (session) => {
    const marks = limit === 0 ? [] : await takeMarks(session, limit, skip);
    onTaken(marks);
    const taken = await takenSubjects(session, marks, due);
    if (taken.length === 0) return nothing;
    const nowMs = deps.nowMs();
    const { timelineOf } = await deps.policies.renewed(session);
    const deltas = createDeltas();

    const { now, later } = throttle.sift(taken.filter(({ kind }) => !BESIDE.has(kind)));
    for (const [delayMs, subjects] of later) {
      await addMarks(session, subjects, delayMs);
      after.push(() => throttle.waits(subjects, startedAtMs, delayMs));
    }
    const leaksOfConnections = await judgeConnectionMarks(session, taken, deltas, nowMs);
    const leaksOfContents = await judgeContents(session, taken);
    await fanOut(
      session,
      now.filter(({ kind }) => kind === "fan_out"),
      timelineOf,
      nowMs,
    );

    const { components, busy } = await loadComponents(session, await seedsOf(session, now), deps.db.recent);
    await addMarks(session, busy, BUSY_MS * (1 + Math.random()));
    const ready = new Set(now.map(subjectName));
    for (const subject of busy) ready.delete(subjectName(subject));
    const contexts = await loadContexts(session, components, timelineOf);
    const { judged, failures } = await judgeAll(components, contexts, timelineOf, nowMs);
    const written = await writeVerdicts(session, judged, [leaksOfConnections, leaksOfContents], deltas, nowMs);
    await markContents(session, eventsOf(components));
    await appendDeltas(session, deltas.list());
    for (const { subject, atMs } of judged.flatMap(({ wakes }) => wakes)) {
      await addMarks(session, [subject], Math.max(0, atMs - nowMs));
    }
    await noteFailures(session, now, failures);
    await settleDeadlines(
      session,
      due.filter((subject) => ready.has(subjectName(subject))),
      judged,
    );
    await countNotes(session, deltas.notes(nowMs));
    for (const component of components) after.push(() => throttle.judged(component.subjects, sizeOf(component)));
    return { taken: taken.length, written, users: usersOf(components), failures };
  });
  for (const effect of after) effect();
  return result;
}

const nothing: BatchResult = {
  taken: 0,
  written: { changed: [], removed: [], incidentEnvironments: [] },
  users: new Map(),
  failures: [],
};

/** Connections first: what is judged in the same transaction sees them; the others hear of it by a later mark. */
async function judgeConnectionMarks(
  session: Session,
  taken: readonly Subject[],
  deltas: Deltas,
  nowMs: number,
): Promise<FoundLeaks> {
  const keysOf = (wanted: MarkKind) =>
    taken.flatMap(({ kind, environment, key }) => (kind === wanted ? connectionOf(environment, key) : []));
  const grown = keysOf("connection");
  const acking = keysOf("ack");
  await lockAll(session, [...new Set([...grown, ...acking].map(connectionLock))]);
  const keys = [...grown, ...(await newlyAcking(session, acking))];
  const { changes, leaks } = await judgeConnections(session, keys, deltas, nowMs);
  await queueFanOut(session, changes, taken, nowMs);
  return leaks;
}

function connectionOf(environment: string, key: string): ConnectionKey {
  const [instance, connectionId] = JSON.parse(key) as [string, string];
  return { environment, instance, connectionId };
}

async function seedsOf(session: Session, subjects: readonly Subject[]): Promise<Seed[]> {
  const unnamed = subjects.filter(({ kind, key }) => kind === "journey" && !key.startsWith("r:"));
  const aliases = new Map<string, string[]>();
  for (const { environment, key, alias } of await aliasesOfKeys(session, unnamed)) {
    const name = subjectName({ kind: "journey", environment, key });
    aliases.set(name, [...(aliases.get(name) ?? []), alias]);
  }
  return subjects.flatMap((subject) => {
    const seed = seedOf(subject, aliases.get(subjectName(subject)) ?? []);
    return seed && seed.lookups.length > 0 ? [seed] : [];
  });
}

/** The rest of the process gets a turn whenever judging has taken this long. */
const TURN_MS = 15;

async function judgeAll(
  components: readonly Component[],
  contexts: readonly JudgeContext[],
  timelineOf: (environment: string) => PolicyTimeline,
  nowMs: number,
): Promise<{ judged: JudgedComponent[]; failures: Failure[] }> {
  let turnEndsMs = performance.now() + TURN_MS;
  const judged: JudgedComponent[] = [];
  const failures: Failure[] = [];
  for (const [i, component] of components.entries()) {
    const context = contexts[i];
    if (performance.now() > turnEndsMs) {
      await nextTurn();
      turnEndsMs = performance.now() + TURN_MS;
    }
    if (!context || component.events.length === 0) continue;
    try {
      judged.push(judgeComponent(component, context, timelineOf(component.environment), nowMs));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push(...component.subjects.map((subject) => ({ ...subject, message })));
    }
  }
  return { judged, failures };
}

/** A subject that threw is not due any more by the clock alone; the others are judged after all. */
async function noteFailures(session: Session, judged: readonly Subject[], failures: readonly Failure[]): Promise<void> {
  const failed = new Set(failures.map(subjectName));
  await clearFailures(
    session,
    judged.filter((subject) => !failed.has(subjectName(subject))),
  );
  await setAside(session, failures);
  await clearDeadlines(
    session,
    failures.filter(({ kind }) => kind === "journey"),
  );
}

/** A deadline whose row was not judged (it is frozen, or its events are gone) comes no more. */
async function settleDeadlines(
  session: Session,
  due: readonly Subject[],
  judged: readonly JudgedComponent[],
): Promise<void> {
  const answered = new Set(
    judged.flatMap(({ environment, journeys }) =>
      journeys.map(({ verdict }) => subjectName({ kind: "journey", environment, key: verdict.key })),
    ),
  );
  await clearDeadlines(
    session,
    due.filter((subject) => !answered.has(subjectName(subject))),
  );
}

function* eventsOf(components: readonly Component[]) {
  for (const { events } of components) yield* events;
}

function usersOf(components: readonly Component[]): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const { environment, events } of components) {
    const known = users.get(environment) ?? new Set<string>();
    for (const { userId } of events) if (userId !== null) known.add(userId);
    users.set(environment, known);
  }
  return users;
}
