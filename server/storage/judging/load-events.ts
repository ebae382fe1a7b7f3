/** The events that belong together, found by the ids they carry. One statement a round, whatever the number of ids. */
import { EVENT_JSON, parseEvents, type StoredEvent } from "./event-rows";
import type { Session, Statement } from "./transaction";

/** By which column an event is looked for. */
export interface Lookup {
  by: "run" | "message" | "reply" | "event";
  environment: string;
  id: string;
}

/** More events than this under one id are not read whole. */
export const EVENTS_PER_LOOKUP = 20_000;

const branch = (by: Lookup["by"], column: string) => `
    SELECT w.n, e.* FROM wanted w CROSS JOIN LATERAL (
      SELECT e.* FROM telemetry_event e WHERE e.environment = w.environment AND e.${column} = w.id LIMIT $2::integer) e
    WHERE w.by = '${by}'`;

const WANTED = `wanted AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS w(n integer, "by" text, environment text, id text))`;

/** Uses telemetry_event_run_idx, telemetry_event_message_idx, telemetry_event_in_reply_to_idx, telemetry_event_pkey. */
export const LOAD_EVENTS: Statement = {
  name: "judge_load_events",
  text: `WITH ${WANTED}, e AS (${[
    branch("run", "run_id"),
    branch("message", "message_id"),
    branch("reply", "in_reply_to"),
    branch("event", "id"),
  ].join(" UNION ALL ")})
    SELECT e.n, count(*)::integer AS count, string_agg(${EVENT_JSON}::text, ',') AS events FROM e GROUP BY e.n`,
};

export interface LoadedEvents {
  events: StoredEvent[];
  /** Lookups that have more than {@link EVENTS_PER_LOOKUP} events: only a part is among `events`. */
  oversized: Lookup[];
}

/** Reads the events of every lookup. An event may come more than once, when several lookups find it. */
export async function loadEvents(session: Session, lookups: readonly Lookup[]): Promise<LoadedEvents> {
  if (lookups.length === 0) return { events: [], oversized: [] };
  const wanted = JSON.stringify(lookups.map((lookup, n) => ({ n, ...lookup })));
  const rows = await session.query<{ n: number; count: number; events: string }>(
    LOAD_EVENTS,
    wanted,
    EVENTS_PER_LOOKUP + 1,
  );
  const oversized: Lookup[] = [];
  const events: StoredEvent[] = [];
  for (const row of rows) {
    const lookup = lookups[row.n];
    if (lookup && row.count > EVENTS_PER_LOOKUP) oversized.push(lookup);
    else for (const event of parseEvents(row.events)) events.push(event);
  }
  return { events, oversized };
}
