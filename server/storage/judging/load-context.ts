/** What the database knows beside a journey's own events: stops, thread participants, outages. */
import type { SourceOutage } from "@/domain/journeys/types";
import type { ObservedEvent } from "@/domain/telemetry/event";
import { EVENT_JSON, parseEvents } from "./event-rows";
import type { Named } from "./load-intervals";
import type { Session, Statement } from "./transaction";

/** A thread, and from when on its stops matter. */
export interface ThreadSince extends Named {
  fromMs: number;
}

/** Uses telemetry_event_thread_received_idx. */
export const STOPS_OF_THREADS: Statement = {
  name: "judge_stops_of_threads",
  text: `SELECT string_agg(${EVENT_JSON}::text, ',') AS events
    FROM json_to_recordset($1::json) AS w(environment text, id text, "fromMs" double precision)
    CROSS JOIN LATERAL (SELECT * FROM telemetry_event e
      WHERE e.environment = w.environment AND e.thread_id = w.id AND e.stage = 'received'
        AND e.time >= to_timestamp(w."fromMs" / 1000) AND e.type = 'stop_agent' AND e.run_id IS NULL OFFSET 0) e`,
};

/** `received` stop_agent messages without a run id in these threads; of a repeated id the first received. */
export async function stopsOfThreads(session: Session, threads: readonly ThreadSince[]): Promise<ObservedEvent[]> {
  if (threads.length === 0) return [];
  const rows = await session.query<{ events: string | null }>(STOPS_OF_THREADS, JSON.stringify(threads));
  const seen = new Set<string>();
  return parseEvents(rows[0]?.events ?? null)
    .sort((a, b) => a.ordinal - b.ordinal)
    .flatMap(({ event }) => {
      const key = `${event.environment}\u0000${event.id}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [event];
    });
}

/** A thread's messages are read from the newest back; this many say who takes part in it. */
const MESSAGES_PER_THREAD = 5_000;

/** Uses telemetry_event_thread_received_idx. */
export const RECEIVED_IN_THREADS: Statement = {
  name: "judge_received_in_threads",
  text: `SELECT string_agg(${EVENT_JSON}::text, ',') AS events
    FROM json_to_recordset($1::json) AS w(environment text, id text)
    CROSS JOIN LATERAL (SELECT * FROM telemetry_event e
      WHERE e.environment = w.environment AND e.thread_id = w.id AND e.stage = 'received'
      ORDER BY e.time DESC LIMIT ${MESSAGES_PER_THREAD}) e`,
};

/** What was received in these threads: who sent it is a participant. */
export async function receivedInThreads(session: Session, threads: readonly Named[]): Promise<ObservedEvent[]> {
  if (threads.length === 0) return [];
  const rows = await session.query<{ events: string | null }>(RECEIVED_IN_THREADS, JSON.stringify(threads));
  return parseEvents(rows[0]?.events ?? null).map(({ event }) => event);
}

/** Uses source_outage_source_idx. */
export const OUTAGES_OF_SOURCES: Statement = {
  name: "judge_outages_of_sources",
  text: `SELECT source_id AS "sourceId", kind, date_part('epoch', from_at) * 1000 AS "fromMs",
      date_part('epoch', to_at) * 1000 AS "toMs"
    FROM source_outage WHERE source_id = ANY ($1::text[])
      AND (to_at IS NULL OR to_at >= to_timestamp($2::double precision / 1000)) ORDER BY source_id, from_at, id`,
};

/** When these sources could not be heard, from `fromMs` on. */
export async function outagesOfSources(
  session: Session,
  sourceIds: readonly string[],
  fromMs: number,
): Promise<SourceOutage[]> {
  return sourceIds.length === 0 ? [] : session.query<SourceOutage>(OUTAGES_OF_SOURCES, sourceIds, fromMs);
}
