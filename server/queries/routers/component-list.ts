/** What components reported about themselves, and when they could not be heard. */
import type { ComponentRow, RouterList } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { type ComponentStates, readComponentStates } from "@/server/storage/reading/component-states";
import { firstWithin } from "../first-of";
import { iso, isoOrNull } from "../iso";
import type { OverviewQuery } from "../overview";
import { MAX_CHANGES, MAX_COMPONENTS, MAX_COMPONENTS_BYTES } from "./bounds";
import { hiddenSpans, type Outage } from "./undecided";

/**
 * What components reported, by name; of more than are listed, those that reported last.
 * @param of only components that name this router, or none and one of its services; null = all
 */
export async function componentList(
  db: Database,
  { environments, fromMs, toMs }: OverviewQuery,
  of: { router: string; services: string[] } | null,
): Promise<RouterList["components"]> {
  const rows = await readComponentStates(db, {
    environments,
    from: new Date(fromMs),
    to: new Date(toMs),
    of,
    limit: MAX_COMPONENTS,
    changesLimit: MAX_CHANGES,
  });
  const { items, omitted } = firstWithin(rows.map(componentRow), MAX_COMPONENTS, MAX_COMPONENTS_BYTES);
  items.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { items, omitted: omitted + Math.max(0, (rows[0]?.components ?? 0) - rows.length) };
}

/** Stretches of [from, to) in which a source could not be heard and what it had to say may be lost. */
export function unheardOf(outages: readonly Outage[], { fromMs, toMs }: OverviewQuery): RouterList["unheard"] {
  return hiddenSpans(outages, { fromMs, toMs }).map((span) => ({ from: iso(span.fromMs), to: iso(span.toMs) }));
}

function componentRow(states: ComponentStates): ComponentRow {
  const { environment, component, service, instance, router, before, knownFromMs, lastMs } = states;
  const changes = states.changes.map(([atMs, state]) => ({ at: iso(atMs), state }));
  // The first report of the range is a change only if it says something else than the last one before it.
  const repeats = knownFromMs === null && before !== null && before[1] === changes[0]?.state;
  return {
    environment,
    component,
    service,
    instance,
    router,
    before: before && { at: iso(before[0]), state: before[1] },
    changes: repeats ? changes.slice(1) : changes,
    knownFrom: isoOrNull(knownFromMs),
    lastReportAt: iso(lastMs),
  };
}

function nameOf({ component, service, instance, environment }: ComponentRow): string {
  return JSON.stringify([component, service, instance, environment]);
}
