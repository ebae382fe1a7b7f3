/** Changes to the journeys list that came live since the list was fetched. Bounded; what does not fit is counted. */
import type { JourneyRow } from "@/contracts/http";
import type { JourneysPatch } from "@/contracts/live";
import { type JourneyFilters, matches } from "../journey-filters";

export const MAX_CHANGES = 1_000;

export interface JourneyChanges {
  /** Newest state of each changed journey, oldest change first. */
  upserts: JourneyRow[];
  /** Keys that became part of another journey. */
  removed: string[];
  /** Changes that are not among `upserts`; the list has to be fetched to see them. */
  omitted: number;
}

export const NO_CHANGES: JourneyChanges = { upserts: [], removed: [], omitted: 0 };

/** Applies one delta of the journeys room. */
export function applyJourneysPatch(changes: JourneyChanges, patch: JourneysPatch): JourneyChanges {
  const changed = new Set([...patch.upserts.map((row) => row.key), ...patch.removed]);
  const upserts = [...changes.upserts.filter((row) => !changed.has(row.key)), ...patch.upserts];
  const back = new Set(patch.upserts.map((row) => row.key));
  const removed = [...new Set([...changes.removed.filter((key) => !back.has(key)), ...patch.removed])];
  const over = Math.max(0, upserts.length - MAX_CHANGES);
  return {
    upserts: upserts.slice(over),
    removed: removed.slice(-MAX_CHANGES),
    omitted: changes.omitted + patch.omitted + over,
  };
}

export interface ListInput {
  fetched: JourneyRow[];
  /** Whether everything that matches was fetched, down to the oldest. */
  complete: boolean;
  changes: JourneyChanges;
  filters: JourneyFilters;
}

/** The fetched rows in their newest state, and rows that arrived since, newest start first. */
export function composeJourneys({ fetched, complete, changes, filters }: ListInput): {
  rows: JourneyRow[];
  arrived: JourneyRow[];
} {
  const latest = new Map(changes.upserts.map((row) => [row.key, row]));
  const gone = new Set(changes.removed);
  const known = new Set(fetched.map((row) => row.key));
  const oldest = fetched.at(-1)?.startedAt;
  const arrived = changes.upserts
    .filter((row) => !known.has(row.key) && matches(row, filters))
    .filter((row) => complete || oldest === undefined || row.startedAt >= oldest)
    .sort(newestFirst);
  const rows = fetched.filter((row) => !gone.has(row.key)).map((row) => latest.get(row.key) ?? row);
  return { rows, arrived };
}

/** The order of the list: newest start first, ties by key. */
export function newestFirst(a: JourneyRow, b: JourneyRow): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1;
  return a.key < b.key ? 1 : -1;
}
