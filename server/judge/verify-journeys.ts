/** Recomputes journeys and loose messages from all stored events, page by page, each journey once. */
import { isDeepStrictEqual } from "node:util";
import type { Policy } from "@/domain/journeys/types";
import { CONNECTION_STAGES, type Stage } from "@/domain/telemetry/event";
import type { Database } from "@/server/storage/database";
import { allPolicies, currentPolicies } from "@/server/storage/judging/load-context";
import { previousLoose } from "@/server/storage/judging/loose-messages";
import { inTransaction, type Session } from "@/server/storage/judging/transaction";
import { eventPage, journeyPage, type StoredVerdict, storedVerdicts } from "@/server/storage/judging/verify-pages";
import { EVERYWHERE } from "@/server/storage/settle-policy";
import { judgeComponent } from "./judge-component";
import { type Component, loadComponents } from "./load-components";
import { loadContexts } from "./load-contexts";
import { anchorsOf, lockName, type Seed, waysTo } from "./seeds";
import type { Counters } from "./verify-counters";
import type { Difference } from "./verify-store";

const EVENTS_PER_PAGE = 2_000;
const SEEDS_PER_BATCH = 100;
const CONNECTION: ReadonlySet<Stage> = new Set(CONNECTION_STAGES);

interface Progress {
  nowMs: number;
  policyOf(environment: string, version?: number): Policy;
  counters: Counters;
  /** Ids whose component is recomputed already. */
  seen: Set<string>;
  /** Keys of journeys that should be there. */
  keys: Set<string>;
  differences: Difference[];
}

/** Adds what journeys and loose messages count for to `counters`; answers those that are stored otherwise. */
export async function verifyJourneys(
  db: Database,
  nowMs: number,
  policy: Policy,
  counters: Counters,
): Promise<{ differences: Difference[]; journeys: number }> {
  const policyOf = await inTransaction(db.pool, (session) => loadPolicies(session, policy));
  const progress: Progress = { nowMs, policyOf, counters, seen: new Set(), keys: new Set(), differences: [] };
  let after = { environment: "", id: "" };
  for (;;) {
    const events = await inTransaction(db.pool, (session) => eventPage(session, after, EVENTS_PER_PAGE));
    const last = events.at(-1);
    if (!last) break;
    after = { environment: last.environment, id: last.id };
    const seeds = new Map<string, Seed>();
    for (const event of events) {
      const anchor = anchorsOf(event)[0];
      if (!anchor || CONNECTION.has(event.stage) || progress.seen.has(lockName(anchor))) continue;
      const subject = { kind: "run", environment: event.environment, key: anchor.id } as const;
      seeds.set(lockName(anchor), { subject, lookups: waysTo(anchor) });
    }
    let wanted = [...seeds.values()];
    while (wanted.length > 0) {
      await verifySeeds(db, wanted.slice(0, SEEDS_PER_BATCH), progress);
      wanted = wanted.filter(({ lookups: [anchor] }) => anchor && !progress.seen.has(lockName(anchor)));
    }
  }
  await findUnexpected(db, progress);
  return { differences: progress.differences, journeys: progress.keys.size };
}

async function loadPolicies(session: Session, fallback: Policy): Promise<Progress["policyOf"]> {
  const current = await currentPolicies(session, fallback);
  const versions = new Map(
    (await allPolicies(session, fallback)).map(({ environment, policy }) => [
      `${policy.version}\u0000${environment}`,
      policy,
    ]),
  );
  return (environment, version) =>
    versions.get(`${version}\u0000${environment}`) ??
    versions.get(`${version}\u0000${EVERYWHERE}`) ??
    (version === fallback.version ? fallback : (current.get(environment) ?? fallback));
}

async function verifySeeds(db: Database, seeds: readonly Seed[], progress: Progress): Promise<void> {
  await inTransaction(db.pool, async (session) => {
    const { components, busy } = await loadComponents(session, seeds);
    const waiting = new Set(busy);
    for (const { subject, lookups } of seeds) {
      if (!waiting.has(subject)) for (const lookup of lookups) progress.seen.add(lockName(lookup));
    }
    const contexts = await loadContexts(session, components, progress.policyOf);
    for (const [i, component] of components.entries()) {
      for (const event of component.events) for (const anchor of anchorsOf(event)) progress.seen.add(lockName(anchor));
      const context = contexts[i];
      if (context) await verifyComponent(session, component, context, progress);
    }
  });
}

async function verifyComponent(
  session: Session,
  component: Component,
  context: Parameters<typeof judgeComponent>[1],
  progress: Progress,
): Promise<void> {
  const { environment } = component;
  const first = judgeComponent(component, context, progress.policyOf(environment), progress.nowMs);
  const rows = await storedVerdicts(
    session,
    first.keys.map((key) => ({ environment, key })),
  );
  const stored = new Map(rows.map((row) => [row.key, row]));
  const version = rows[0] && (rows[0].verdict as { policyVersion: number }).policyVersion;
  const judged = judgeComponent(component, context, progress.policyOf(environment, version), progress.nowMs);
  for (const { verdict, contribution } of judged.journeys) {
    const row = stored.get(verdict.key);
    progress.keys.add(nameOf({ environment, key: verdict.key }));
    const overdue = row?.nextDeadlineMs != null && row.nextDeadlineMs <= progress.nowMs;
    const kept = row && (row.frozen || overdue);
    progress.counters.add(environment, kept ? { minuteMs: row.minuteMs, metrics: row.metrics } : contribution);
    if (kept) continue;
    const expected: unknown = JSON.parse(JSON.stringify(verdict));
    const difference = { environment, key: verdict.key, expected, stored: row?.verdict };
    if (!row) progress.differences.push({ what: "journey_missing", ...difference });
    else if (!isDeepStrictEqual(row.verdict, expected))
      progress.differences.push({ what: "verdict_differs", ...difference });
  }
  await verifyLoose(session, judged, progress);
}

async function verifyLoose(
  session: Session,
  { environment, loose, looseKeys }: ReturnType<typeof judgeComponent>,
  { counters, differences }: Progress,
): Promise<void> {
  const keys = [...new Set([...looseKeys, ...loose.map((row) => row.key)])];
  const rows = await previousLoose(
    session,
    keys.map((key) => ({ environment, key })),
  );
  const stored = new Map(rows.map((row) => [row.key, row.contribution]));
  const wanted = new Map(loose.map((row) => [row.key, row.contribution]));
  for (const contribution of wanted.values()) counters.add(environment, contribution);
  for (const key of new Set([...stored.keys(), ...wanted.keys()])) {
    const [expected, found] = [wanted.get(key), stored.get(key)];
    if (isDeepStrictEqual(expected, found)) continue;
    differences.push({ what: "loose_message_differs", environment, key, expected, stored: found });
  }
}

/** Journeys that no stored event speaks of: frozen ones keep counting, others should not be there. */
async function findUnexpected(db: Database, { keys, counters, differences }: Progress): Promise<void> {
  let after = { environment: "", key: "" };
  for (;;) {
    const page = await inTransaction(db.pool, (session) => journeyPage(session, after, EVENTS_PER_PAGE));
    const last = page.at(-1);
    if (!last) return;
    after = { environment: last.environment, key: last.key };
    for (const row of page.filter((row) => !keys.has(nameOf(row)))) {
      const { environment, key, frozen, metrics, minuteMs } = row;
      if (frozen) counters.add(environment, { minuteMs, metrics });
      else differences.push({ what: "journey_unexpected", environment, key, expected: null, stored: key });
    }
  }
}

function nameOf({ environment, key }: Pick<StoredVerdict, "environment" | "key">): string {
  return `${environment}\u0000${key}`;
}
