/** Recomputes journeys and loose messages from all stored events, page by page, each journey once. */
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { JudgeContext, Policy } from "@/domain/journeys/types";
import { CONNECTION_STAGES, type ObservedEvent, type Stage } from "@/domain/telemetry/event";
import type { Database } from "@/server/storage/database";
import { aliasesOfKeys } from "@/server/storage/judging/journeys";
import { previousLoose } from "@/server/storage/judging/loose-messages";
import type { Subject } from "@/server/storage/judging/marks";
import { createPolicyBook, type Policies, type PolicyBook } from "@/server/storage/judging/policy-book";
import { isMarked } from "@/server/storage/judging/queue-state";
import { autoCommit, inTransaction, type Session } from "@/server/storage/judging/transaction";
import {
  eventPage,
  journeyPage,
  newestEvent,
  type StoredVerdict,
  storedVerdicts,
} from "@/server/storage/judging/verify-pages";
import { type JudgedComponent, judgeComponent } from "./judge-component";
import { type Component, loadComponents } from "./load-components";
import { loadContexts } from "./load-contexts";
import { anchorsOf, lockName, type Seed, seedOf, waysTo } from "./seeds";
import { compareLeaks } from "./verify-leaks";
import type { Verified } from "./verify-rounds";
import type { Difference } from "./verify-store";

const EVENTS_PER_PAGE = 2_000;
const SEEDS_PER_BATCH = 100;
const BUSY_MS = 20;
const CONNECTION: ReadonlySet<Stage> = new Set(CONNECTION_STAGES);
/** Marks that will mark journeys, which ones is not known before. */
const INDIRECT: readonly Subject["kind"][] = ["connection", "ack", "acks", "fan_out", "stop", "thread"];

export interface JourneysVerified extends Verified<Seed> {
  /** Journeys recomputed. */
  journeys: number;
}

interface Progress {
  nowMs: () => number;
  policies: PolicyBook;
  /** Ids whose component is recomputed already. */
  seen: Set<string>;
  /** Keys of journeys that should be there. */
  keys: Set<string>;
  found: Verified<Seed>;
}

function begin(nowMs: () => number, policy: Policy): Progress {
  const found = { differing: [], marked: [] };
  return { nowMs, policies: createPolicyBook(policy), seen: new Set(), keys: new Set(), found };
}

/** Journeys and loose messages that differ from what is stored. Events that come in meanwhile are left to the judge. */
export async function verifyJourneys(db: Database, nowMs: () => number, policy: Policy): Promise<JourneysVerified> {
  const progress = begin(nowMs, policy);
  const upTo = await newestEvent(autoCommit(db.pool));
  let after = { environment: "", id: "" };
  for (;;) {
    const events = await inTransaction(db.pool, (session) => eventPage(session, after, upTo, EVENTS_PER_PAGE));
    const last = events.at(-1);
    if (!last) break;
    after = { environment: last.environment, id: last.id };
    const seeds = new Map<string, Seed>();
    for (const event of events) {
      const anchor = anchorsOf(event)[0];
      if (!anchor || !isJudged(event) || progress.seen.has(lockName(anchor))) continue;
      const subject = { kind: "run", environment: event.environment, key: anchor.id } as const;
      seeds.set(lockName(anchor), { subject, lookups: waysTo(anchor) });
    }
    await verifySeeds(db, [...seeds.values()], progress);
  }
  await verifyTheseJourneys(db, await unexpected(db, progress.keys), progress.nowMs, policy, progress);
  return { ...progress.found, journeys: progress.keys.size };
}

/** The same for what hangs together with some ids. */
export async function verifyTheseJourneys(
  db: Database,
  seeds: readonly Seed[],
  nowMs: () => number,
  policy: Policy,
  progress: Progress = begin(nowMs, policy),
): Promise<Verified<Seed>> {
  progress.seen.clear();
  await verifySeeds(db, seeds, progress);
  return progress.found;
}

/** Connections are judged by themselves, and what components say about themselves is no message. */
function isJudged({ stage, runId }: ObservedEvent): boolean {
  return !CONNECTION.has(stage) && (stage !== "state" || runId !== null);
}

/** What the judge holds at this moment is waited for. */
async function verifySeeds(db: Database, seeds: readonly Seed[], progress: Progress): Promise<void> {
  let wanted = [...seeds];
  while (wanted.length > 0) {
    const before = wanted.length;
    await verifyBatch(db, wanted.slice(0, SEEDS_PER_BATCH), progress);
    wanted = wanted.filter(({ lookups: [anchor] }) => anchor && !progress.seen.has(lockName(anchor)));
    if (wanted.length === before) await pause(BUSY_MS);
  }
}

async function verifyBatch(db: Database, seeds: readonly Seed[], progress: Progress): Promise<void> {
  await inTransaction(db.pool, async (session) => {
    const { components, busy } = await loadComponents(session, seeds, null);
    const waiting = new Set(busy);
    for (const { subject, lookups } of seeds) {
      if (!waiting.has(subject)) for (const lookup of lookups) progress.seen.add(lockName(lookup));
    }
    const policies = await progress.policies.renewed(session);
    const contexts = await loadContexts(session, components, policies.timelineOf);
    for (const [i, component] of components.entries()) {
      for (const event of component.events) for (const anchor of anchorsOf(event)) progress.seen.add(lockName(anchor));
      const context = contexts[i];
      const again = seeds.find(({ subject }) => component.subjects.includes(subject)) ?? seedOfEvents(component);
      if (context && again) await verifyComponent(session, { component, context, policies, again }, progress);
    }
  });
}

/** What was found on the way from another seed. */
function seedOfEvents({ environment, events: [event] }: Component): Seed | null {
  const anchor = event && anchorsOf(event)[0];
  return anchor ? { subject: { kind: "run", environment, key: anchor.id }, lookups: waysTo(anchor) } : null;
}

interface Loaded {
  component: Component;
  context: JudgeContext;
  policies: Policies;
  again: Seed;
}

/** Its locks are held: whatever changes it has a mark that is still there. */
async function verifyComponent(
  session: Session,
  { component, context, policies, again }: Loaded,
  progress: Progress,
): Promise<void> {
  const nowMs = progress.nowMs();
  const judged = judgeComponent(component, context, policies.timelineOf(component.environment), nowMs);
  for (const { verdict } of judged.journeys) progress.keys.add(nameOf(verdict));
  const verdicts = await compareVerdicts(session, judged, nowMs);
  const settled = subjectsOf(judged).filter((subject) => !verdicts.unsettled.has(subject));
  const found = judged.occurrences.filter(({ subject }) => !verdicts.unsettled.has(subject));
  const differences = [
    ...verdicts.differences,
    ...(await compareLoose(session, judged)),
    ...(await compareLeaks(session, component.environment, settled, found)),
  ];
  if (differences.length === 0) return;
  const { environment } = component;
  const markedItself = await isMarked(session, environment, [], marksOf(component, judged));
  const marked = markedItself || (await isMarked(session, environment, INDIRECT, []));
  progress.found[marked ? "marked" : "differing"].push({ again, differences, markedItself });
}

interface ComparedVerdicts {
  differences: Difference[];
  /** Keys of journeys that are judged no more, or that time alone will have judged again. */
  unsettled: Set<string>;
}

async function compareVerdicts(session: Session, judged: JudgedComponent, nowMs: number): Promise<ComparedVerdicts> {
  const { environment } = judged;
  const keys = [...new Set(judged.keys)];
  const rows = await storedVerdicts(
    session,
    keys.map((key) => ({ environment, key })),
  );
  const stored = new Map(rows.map((row) => [row.key, row]));
  const differences: Difference[] = [];
  const unsettled = new Set(rows.filter(({ frozen }) => frozen).map(({ key }) => key));
  for (const { verdict, contribution } of judged.journeys) {
    const { key } = verdict;
    const row = stored.get(key);
    stored.delete(key);
    const overdue = row?.nextDeadlineMs != null && row.nextDeadlineMs <= nowMs;
    if (overdue) unsettled.add(key);
    if (row && (row.frozen || overdue)) continue;
    const expected: unknown = JSON.parse(JSON.stringify(verdict));
    if (!row) differences.push({ what: "journey_missing", environment, key, expected, stored: undefined });
    else if (!isDeepStrictEqual(row.verdict, expected)) {
      differences.push({ what: "verdict_differs", environment, key, expected, stored: row.verdict });
    } else if (!isDeepStrictEqual({ minuteMs: row.minuteMs, metrics: row.metrics }, contribution)) {
      const counted = { minuteMs: row.minuteMs, metrics: row.metrics };
      differences.push({ what: "contribution_differs", environment, key, expected: contribution, stored: counted });
    }
  }
  // A frozen verdict has lost its events; any other row without events should not be there.
  for (const { key, frozen } of stored.values()) {
    if (!frozen) differences.push({ what: "journey_unexpected", environment, key, expected: null, stored: key });
  }
  return { differences, unsettled };
}

/** What leaks of a component are stored under. */
function subjectsOf({ keys, looseKeys }: JudgedComponent): string[] {
  return [...new Set([...keys, ...looseKeys.map((key) => `loose ${key}`)])];
}

async function compareLoose(
  session: Session,
  { environment, loose, looseKeys }: JudgedComponent,
): Promise<Difference[]> {
  const keys = [...new Set([...looseKeys, ...loose.map((row) => row.key)])];
  const rows = await previousLoose(
    session,
    keys.map((key) => ({ environment, key })),
  );
  const stored = new Map(rows.map((row) => [row.key, row.contribution]));
  const wanted = new Map(loose.map((row) => [row.key, row.contribution]));
  return [...new Set([...stored.keys(), ...wanted.keys()])].flatMap((key) => {
    const [expected, found] = [wanted.get(key), stored.get(key)];
    if (isDeepStrictEqual(expected, found)) return [];
    return [{ what: "loose_message_differs" as const, environment, key, expected, stored: found }];
  });
}

/** The marks that would have a component judged again. */
function marksOf({ subjects, events }: Component, { keys }: JudgedComponent): Pick<Subject, "kind" | "key">[] {
  const marks: Pick<Subject, "kind" | "key">[] = [...subjects];
  for (const { id, runId, messageId, inReplyTo } of events) {
    marks.push({ kind: "event", key: id });
    if (runId !== null) marks.push({ kind: "run", key: runId });
    for (const key of [messageId, inReplyTo]) if (key !== null) marks.push({ kind: "message", key });
  }
  for (const key of keys) marks.push({ kind: "journey", key });
  return [...new Map(marks.map((mark) => [`${mark.kind}\u0000${mark.key}`, mark])).values()];
}

/** Journeys that no event speaks of, by the ids that find them. */
async function unexpected(db: Database, keys: ReadonlySet<string>): Promise<Seed[]> {
  const seeds: Seed[] = [];
  let after = { environment: "", key: "" };
  for (;;) {
    const page = await inTransaction(db.pool, (session) => journeyPage(session, after, EVENTS_PER_PAGE));
    const last = page.at(-1);
    if (!last) return seeds;
    after = { environment: last.environment, key: last.key };
    const rows = page.filter((row) => !row.frozen && !keys.has(nameOf(row)));
    const aliases = await aliasesOfKeys(autoCommit(db.pool), rows);
    for (const { environment, key } of rows) {
      const ids = aliases.flatMap((row) => (row.environment === environment && row.key === key ? [row.alias] : []));
      const subject = { kind: "journey", environment, key } as const;
      const lookups = seedOf(subject, ids)?.lookups ?? [];
      // Without any id there is nothing to find, and so no event that speaks for it.
      seeds.push({ subject, lookups: lookups.length > 0 ? lookups : [{ by: "event", environment, id: key }] });
    }
  }
}

function nameOf({ environment, key }: Pick<StoredVerdict, "environment" | "key">): string {
  return `${environment}\u0000${key}`;
}
