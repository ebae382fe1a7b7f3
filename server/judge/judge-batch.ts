/** One transaction of a judge worker: takes marks and due deadlines, and answers them. All of it, or nothing. */
import type { JudgeContext, Policy } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import type { ConnectionKey } from "@/server/storage/judging/connections";
import { clearFailures, type Failure, setAside } from "@/server/storage/judging/failures";
import { aliasesOfKeys, clearDeadlines } from "@/server/storage/judging/journeys";
import { currentPolicies } from "@/server/storage/judging/load-context";
import { lockAll } from "@/server/storage/judging/locks";
import { addMarks, dropMarks, type Mark, peekMarks, type Subject, takeMarks } from "@/server/storage/judging/marks";
import { appendDeltas, createDeltas, type Deltas } from "@/server/storage/judging/rollups";
import { inTransaction, type Session } from "@/server/storage/judging/transaction";
import { fanOut, queueFanOut } from "./fan-out";
import { type JudgedComponent, judgeComponent } from "./judge-component";
import { connectionLock, judgeConnections } from "./judge-connections";
import { type Component, loadComponents, sizeOf } from "./load-components";
import { loadContexts } from "./load-contexts";
import { anchorsOf, lockName, type Seed, seedOf, subjectName } from "./seeds";
import type { Throttle } from "./throttle";
import { type WrittenVerdicts, writeVerdicts } from "./write-verdicts";

/** A journey that somebody else judges at this moment is tried again after this long, and up to as much again. */
const BUSY_MS = 20;

export interface BatchDeps {
  db: Database;
  nowMs: () => number;
  throttle: Throttle;
  fallbackPolicy: Policy;
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
    const taken = distinct([...marks, ...due]);
    if (taken.length === 0) return nothing;
    const nowMs = deps.nowMs();
    const policies = await currentPolicies(session, deps.fallbackPolicy);
    const policyOf = (environment: string) => policies.get(environment) ?? deps.fallbackPolicy;
    const deltas = createDeltas();

    const { now, later } = throttle.sift(taken.filter((subject) => subject.kind !== "connection"));
    for (const [delayMs, subjects] of later) {
      await addMarks(session, subjects, delayMs);
      after.push(() => throttle.waits(subjects, startedAtMs, delayMs));
    }
    await judgeConnectionMarks(session, taken, deltas, nowMs);
    await fanOut(
      session,
      now.filter(({ kind }) => kind === "fan_out"),
      policyOf,
      nowMs,
    );

    const waiting = taken.length < limit ? [] : await peekMarks(session);
    const { components, busy } = await loadComponents(session, await seedsOf(session, now));
    await addMarks(session, busy, BUSY_MS * (1 + Math.random()));
    const ready = new Set(now.map(subjectName));
    for (const subject of busy) ready.delete(subjectName(subject));
    await dropMarks(session, answeredBy(components, waiting));
    const contexts = await loadContexts(session, components, policyOf);
    const { judged, failures } = judgeAll(components, contexts, policyOf, nowMs);
    const written = await writeVerdicts(session, judged, deltas, nowMs);
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

function distinct(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [subjectName(subject), subject])).values()];
}

/** Connections first: what is judged in the same transaction sees them; the others hear of it by a later mark. */
async function judgeConnectionMarks(
  session: Session,
  taken: readonly Subject[],
  deltas: Deltas,
  nowMs: number,
): Promise<void> {
  const keys = taken
    .filter(({ kind }) => kind === "connection")
    .map(({ environment, key }): ConnectionKey => {
      const [instance, connectionId] = JSON.parse(key) as [string, string];
      return { environment, instance, connectionId };
    });
  await lockAll(session, keys.map(connectionLock));
  const changes = await judgeConnections(session, keys, deltas, nowMs);
  await queueFanOut(session, changes, taken, nowMs);
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

/** Marks that were in the queue before the events of these components were read: the same verdicts answer them. */
function answeredBy(components: readonly Component[], waiting: readonly Mark[]): Mark[] {
  if (waiting.length === 0) return [];
  const names = new Set(components.flatMap(({ events }) => events.flatMap((event) => anchorsOf(event).map(lockName))));
  return waiting.filter(({ kind, environment, key }) =>
    names.has(
      lockName({ by: kind === "run" ? "run" : kind === "message" ? "message" : "event", environment, id: key }),
    ),
  );
}

function judgeAll(
  components: readonly Component[],
  contexts: readonly JudgeContext[],
  policyOf: (environment: string) => Policy,
  nowMs: number,
): { judged: JudgedComponent[]; failures: Failure[] } {
  const judged: JudgedComponent[] = [];
  const failures: Failure[] = [];
  for (const [i, component] of components.entries()) {
    const context = contexts[i];
    if (!context || component.events.length === 0) continue;
    try {
      judged.push(judgeComponent(component, context, policyOf(component.environment), nowMs));
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

function usersOf(components: readonly Component[]): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const { environment, events } of components) {
    const known = users.get(environment) ?? new Set<string>();
    for (const { userId } of events) if (userId !== null) known.add(userId);
    users.set(environment, known);
  }
  return users;
}
