/**
 * Everything that hangs together with the seeds, under lock: the events of a component are read after the locks of the
 * ids they would be judged by, so a verdict never misses an event whose mark somebody else has already answered.
 * Nobody waits for a lock of a journey: what somebody else is judging is left for later.
 */

import { createDisjointSets } from "@/domain/collections/disjoint-sets";
import { CONNECTION_STAGES, type ObservedEvent, type Stage } from "@/domain/telemetry/event";
import { type Lookup, loadEvents, type OversizedLookup } from "@/server/storage/judging/load-events";
import { tryLocks } from "@/server/storage/judging/locks";
import type { Subject } from "@/server/storage/judging/marks";
import type { Session } from "@/server/storage/judging/transaction";
import type { RecentEvents, StoredEvent } from "@/server/storage/recent-events";
import { anchorsOf, isInbound, lockName, lookupName, lookupsOf, type Seed, waysTo } from "./seeds";

/** Events that may belong together, closed under the ids they carry. */
export interface Component {
  environment: string;
  subjects: Subject[];
  events: ObservedEvent[];
  /** Runs and messages of which there are too many events to read them all. */
  oversized: OversizedLookup[];
}

/** How many events a component has, read or not. */
export function sizeOf({ events, oversized }: Component): number {
  return oversized.reduce((sum, { total, read }) => sum + total - read, events.length);
}

export interface LoadedComponents {
  components: Component[];
  /** Subjects whose journey somebody else is judging at this moment. */
  busy: Subject[];
}

/** Joins are followed this many times; real journeys need two or three. */
const MAX_ROUNDS = 24;
/** What happens to connections is no part of a journey: it is what journeys are judged by. */
const CONNECTION: ReadonlySet<Stage> = new Set(CONNECTION_STAGES);

/** Loads the components of the seeds, their events from `recent` as far as it holds them. Locks are held until the transaction ends. */
export async function loadComponents(
  session: Session,
  seeds: readonly Seed[],
  recent: RecentEvents | null,
): Promise<LoadedComponents> {
  const names = [...new Set(seeds.flatMap((seed) => seed.lookups.map(lockName)))];
  const refused = await tryLocks(session, names);
  const locked = new Set(names.filter((name) => !refused.has(name)));
  const events = new Map<string, StoredEvent>();
  const oversized = new Map<string, OversizedLookup>();
  const read = new Set<string>();
  const knownRuns = new Map<string, Set<string>>();
  const free = seeds.filter((seed) => !seed.lookups.some((lookup) => refused.has(lockName(lookup))));
  let wanted = uniqueLookups(free.flatMap((seed) => seed.lookups));
  for (let round = 0; round < MAX_ROUNDS && wanted.length > 0; round++) {
    const loaded = await loadEvents(session, wanted, knownRuns, recent);
    for (const lookup of wanted) {
      read.add(lookupName(lookup));
      if (lookup.by === "run") addTo(knownRuns, lookup.environment, lookup.id);
    }
    for (const lookup of loaded.oversized) oversized.set(lookupName(lookup), lookup);
    for (const stored of loaded.events) keepFirst(events, stored);
    wanted = await nextLookups(session, loaded.events, { read, locked, refused });
  }
  return partition(seeds, events, oversized, refused);
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}

interface Progress {
  read: Set<string>;
  locked: Set<string>;
  refused: Set<string>;
}

/** New ids to look for. An id that is locked only now is read again: it may have changed before the lock. */
async function nextLookups(session: Session, found: readonly StoredEvent[], progress: Progress): Promise<Lookup[]> {
  const anchors = new Map<string, Lookup>();
  for (const { event } of found) {
    for (const anchor of anchorsOf(event)) {
      const name = lockName(anchor);
      if (!progress.locked.has(name) && !progress.refused.has(name) && !anchors.has(name)) anchors.set(name, anchor);
    }
  }
  const refused = await tryLocks(session, [...anchors.keys()]);
  for (const name of anchors.keys()) (refused.has(name) ? progress.refused : progress.locked).add(name);
  const again = [...anchors].filter(([name]) => !refused.has(name)).flatMap(([, anchor]) => waysTo(anchor));
  const further = found.flatMap(({ event }) => lookupsOf(event));
  const fresh = further.filter((lookup) => !progress.read.has(lookupName(lookup)));
  return uniqueLookups([...again, ...fresh]);
}

function uniqueLookups(lookups: readonly Lookup[]): Lookup[] {
  return [...new Map(lookups.map((lookup) => [lookupName(lookup), lookup])).values()];
}

/** Of a repeated id the first received event counts. */
function keepFirst(events: Map<string, StoredEvent>, stored: StoredEvent): void {
  if (CONNECTION.has(stored.event.stage)) return;
  const key = `${stored.event.environment}\u0000${stored.event.id}`;
  const known = events.get(key);
  if (!known || stored.ordinal < known.ordinal) events.set(key, stored);
}

function partition(
  seeds: readonly Seed[],
  events: ReadonlyMap<string, StoredEvent>,
  oversized: ReadonlyMap<string, OversizedLookup>,
  refused: ReadonlySet<string>,
): LoadedComponents {
  const groups = createDisjointSets();
  const strays = new Set(
    [...events.values()]
      .flatMap(({ event }) => (event.runId === null && !isInbound(event) ? anchorsOf(event) : []))
      .map(lockName),
  );
  const joined = new Set<string>();
  for (const { event } of events.values()) {
    if (strays.size === 0 && event.runId !== null && !isInbound(event)) {
      // Nothing but its run and what it replies to ties it, as most events of the run.
      const ids = [event.environment, event.runId, ...(event.inReplyTo === null ? [] : [event.inReplyTo])].join(
        "\u0000",
      );
      if (joined.has(ids)) continue;
      joined.add(ids);
    }
    // Outbound ids join runs only where a stage without run has to find its own.
    const ties = lookupsOf(event).filter((lookup) => lookup.by !== "stray" || strays.has(lockName(lookup)));
    const [first, ...others] = [...anchorsOf(event), ...ties].map(lockName);
    for (const other of others) if (first) groups.join(first, other);
  }
  for (const { lookups } of seeds) {
    const [first, ...others] = lookups.map(lockName);
    for (const other of others) if (first) groups.join(first, other);
  }

  const components = new Map<string, Component>();
  const at = (name: string, environment: string) => {
    const root = groups.rootOf(name);
    const known = components.get(root);
    if (known) return known;
    const fresh: Component = { environment, subjects: [], events: [], oversized: [] };
    components.set(root, fresh);
    return fresh;
  };
  for (const { subject, lookups } of seeds) {
    if (lookups[0]) at(lockName(lookups[0]), subject.environment).subjects.push(subject);
  }
  for (const { event } of [...events.values()].sort((a, b) => a.ordinal - b.ordinal)) {
    const anchor = anchorsOf(event)[0];
    if (anchor) at(lockName(anchor), event.environment).events.push(event);
  }
  for (const lookup of oversized.values()) at(lockName(lookup), lookup.environment).oversized.push(lookup);

  const busyRoots = new Set([...refused].map((name) => groups.rootOf(name)));
  const entries = [...components];
  return {
    components: entries.filter(([root]) => !busyRoots.has(root)).map(([, component]) => component),
    busy: entries.filter(([root]) => busyRoots.has(root)).flatMap(([, component]) => component.subjects),
  };
}
