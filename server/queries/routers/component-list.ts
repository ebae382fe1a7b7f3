import type { ComponentRow, RouterList } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { type ComponentStates, readComponentStates } from "@/server/storage/reading/component-states";
import { iso, isoOrNull } from "../iso";
import type { OverviewQuery } from "../overview";
import { MAX_CHANGES, MAX_COMPONENTS } from "./bounds";

/** What components reported, by name; of more than are listed, those that reported last. */
export async function componentList(
  db: Database,
  { environments, fromMs, toMs }: OverviewQuery,
): Promise<RouterList["components"]> {
  const rows = await readComponentStates(db, {
    environments,
    from: new Date(fromMs),
    to: new Date(toMs),
    limit: MAX_COMPONENTS,
    changesLimit: MAX_CHANGES,
  });
  const items = rows.map(componentRow);
  items.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { items, omitted: Math.max(0, (rows[0]?.components ?? 0) - rows.length) };
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
