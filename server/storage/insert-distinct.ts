/** Inserts each id of a batch once, whatever one bad row does. */
import type { PoolClient } from "pg";
import { groupBy } from "@/domain/collections/group-by";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { eventRows, INSERT_EVENTS, INSERT_NEW_EVENTS, STORED_IDS, toMicros } from "./event-rows";
import { numbersIn } from "./numbers-in";
import type { RecentEvents } from "./recent-events";
import { sqlState } from "./sql-state";

/**
 * What became of one event. `duplicate`: its key is stored already. `id_reused`: its id is stored with another time;
 * the first received stays. `not_storable`: the database refuses this row.
 */
export type InsertOutcome = "inserted" | "duplicate" | "id_reused" | "not_storable";

/** Inserts events whose ids differ; outcomes in their order. */
export type InsertRows = (client: PoolClient, events: readonly TelemetryEvent[]) => Promise<InsertOutcome[]>;

const LAST_TIME_MS = Date.UTC(9999, 11, 30);
/** What PostgreSQL reports for a row whose day has no partition. */
export const NO_PARTITION = "23514";

/** Data exceptions (22), broken constraints (23), rows beyond a limit of the server (54): the same again on every try. */
export function isDataError(state: string | null): boolean {
  return state !== null && state !== NO_PARTITION && /^(22|23|54)/.test(state);
}

/** Whether PostgreSQL and the names of partitions can hold the event's time. */
export function hasStorableTime({ timeMs }: TelemetryEvent): boolean {
  return timeMs >= 0 && timeMs < LAST_TIME_MS;
}

/** Outcomes in the order of `events`. Of one id within the batch, the first that can be stored counts. */
export async function insertDistinct(
  client: PoolClient,
  events: readonly TelemetryEvent[],
  insert: InsertRows,
): Promise<InsertOutcome[]> {
  const outcomes = events.map((): InsertOutcome => "not_storable");
  const stored = new Map<string, number>();
  let open = [...events.entries()].filter(([, event]) => hasStorableTime(event));
  while (open.length > 0) {
    const chosen = new Map<string, [number, TelemetryEvent]>();
    const repeated: typeof open = [];
    for (const [i, event] of open) {
      const key = keyOf(event);
      const storedMicros = stored.get(key);
      if (storedMicros !== undefined) outcomes[i] = storedMicros === toMicros(event.timeMs) ? "duplicate" : "id_reused";
      else if (chosen.has(key)) repeated.push([i, event]);
      else chosen.set(key, [i, event]);
    }
    const rows = [...chosen.values()];
    const results =
      rows.length === 0
        ? []
        : await insert(
            client,
            rows.map(([, event]) => event),
          );
    for (const [position, [i, event]] of rows.entries()) {
      const outcome = results[position] ?? "not_storable";
      outcomes[i] = outcome;
      if (outcome !== "not_storable") stored.set(keyOf(event), toMicros(event.timeMs));
    }
    open = repeated;
  }
  return outcomes;
}

function keyOf({ environment, id }: Pick<TelemetryEvent, "environment" | "id">): string {
  return `${environment.length}:${environment}${id}`;
}

interface NewRows {
  ordinals: string;
  transaction: string;
}

/**
 * Looks for the ids first and inserts what is new, in the order of its key, so that two batches never wait for each other
 * in a circle. Throws a unique violation when the same event is being inserted elsewhere.
 */
export const insertNew =
  (recent: RecentEvents): InsertRows =>
  async (client, events) => {
    const stored = await storedTimes(client, events);
    const fresh = events.filter((event) => !stored.has(keyOf(event))).sort(byKey);
    if (fresh.length > 0) {
      const { rows } = await client.query<NewRows>({ ...INSERT_NEW_EVENTS, values: [eventRows(fresh)] });
      for (const row of rows) recent.add(fresh, numbersIn(row.ordinals), Number(row.transaction));
    }
    return events.map((event) => {
      const micros = stored.get(keyOf(event));
      if (!micros) return "inserted";
      return micros.has(toMicros(event.timeMs)) ? "duplicate" : "id_reused";
    });
  };

/** Times in µs of the events that are stored under the same ids, by key. */
async function storedTimes(client: PoolClient, events: readonly TelemetryEvent[]): Promise<Map<string, Set<number>>> {
  const stored = new Map<string, Set<number>>();
  for (const [environment, own] of groupBy(events, (event) => event.environment)) {
    const ids = own.map(({ id }) => id).sort();
    const { rows } = await client.query<{ id: string; micros: string }>({ ...STORED_IDS, values: [environment, ids] });
    for (const { id, micros } of rows) {
      const key = keyOf({ environment, id });
      stored.set(key, (stored.get(key) ?? new Set()).add(Number(micros)));
    }
  }
  return stored;
}

function byKey(a: TelemetryEvent, b: TelemetryEvent): number {
  if (a.environment !== b.environment) return a.environment < b.environment ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** All rows in one statement, whatever is stored or being stored. */
export const insertWhole: InsertRows = async (client, events) => {
  const { rows } = await client.query<{ position: number; reused: boolean }>({
    ...INSERT_EVENTS,
    values: [eventRows(events)],
  });
  const outcomes = events.map((): InsertOutcome => "inserted");
  for (const { position, reused } of rows) outcomes[position - 1] = reused ? "id_reused" : "duplicate";
  return outcomes;
};

/** Halves what is refused until the bad rows stand alone; everything else is inserted. */
export const insertInParts: InsertRows = async (client, events) => {
  await client.query("SAVEPOINT part");
  try {
    const outcomes = await insertWhole(client, events);
    await client.query("RELEASE SAVEPOINT part");
    return outcomes;
  } catch (error) {
    if (!isDataError(sqlState(error))) throw error;
    await client.query("ROLLBACK TO SAVEPOINT part");
    await client.query("RELEASE SAVEPOINT part");
  }
  if (events.length === 1) return ["not_storable"];
  const middle = events.length >> 1;
  const first = await insertInParts(client, events.slice(0, middle));
  return [...first, ...(await insertInParts(client, events.slice(middle)))];
};
