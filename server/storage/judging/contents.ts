/** Where else a content was seen. */
import { STAGES_PER_CONTENT } from "@/domain/leaks/same-content";
import type { ObservedEvent } from "@/domain/telemetry/event";
import { EVENT_JSON, parseEvents } from "./event-rows";
import type { Session, Statement } from "./transaction";

/** A content in a stretch of time. */
export interface ContentSpan {
  environment: string;
  hash: string;
  fromMs: number;
  toMs: number;
}

/** A content as one message carried it; `message` is the message's id, else its run's, else its event's. */
export interface CarriedContent extends ContentSpan {
  message: string;
}

const CARRIES = `e.environment = w.environment AND e.payload_hash = w.hash AND e.stage IN ('emitted', 'sent', 'acked')
  AND e.time >= to_timestamp(w."fromMs" / 1000) AND e.time <= to_timestamp(w."toMs" / 1000)`;

/** Uses telemetry_event_content_idx. */
export const SHARED_CONTENTS: Statement = {
  name: "judge_shared_contents",
  text: `SELECT w.n FROM json_to_recordset($1::json)
      AS w(n integer, environment text, hash text, message text, "fromMs" float8, "toMs" float8)
    WHERE EXISTS (SELECT FROM telemetry_event e WHERE ${CARRIES}
      AND coalesce(e.message_id, e.run_id, e.id) <> w.message OFFSET 0)`,
};

/** Those that another message carries as well. */
export async function sharedContents<Carried extends CarriedContent>(
  session: Session,
  contents: readonly Carried[],
): Promise<Carried[]> {
  if (contents.length === 0) return [];
  const asked = contents.map(({ environment, hash, message, fromMs, toMs }, n) => ({
    ...{ n, environment, hash, message, fromMs, toMs },
  }));
  const rows = await session.query<{ n: number }>(SHARED_CONTENTS, JSON.stringify(asked));
  return rows.flatMap(({ n }) => contents[n] ?? []);
}

/** Uses telemetry_event_content_idx, and telemetry_event_message_idx for the stages that carry none themselves. */
export const CONTENT_EVENTS: Statement = {
  name: "judge_content_events",
  text: `WITH carrier AS MATERIALIZED (
      SELECT w.n, w."fromMs", w."toMs", e.* FROM json_to_recordset($1::json)
        AS w(n integer, environment text, hash text, "fromMs" float8, "toMs" float8)
      CROSS JOIN LATERAL (SELECT e.* FROM telemetry_event e WHERE ${CARRIES}
        ORDER BY e.time LIMIT ${STAGES_PER_CONTENT}) e),
    named AS (SELECT DISTINCT n, environment, message_id, "fromMs", "toMs" FROM carrier WHERE message_id IS NOT NULL)
    SELECT c.n, string_agg(c.event::text, ',') AS events FROM (
      SELECT e.n, ${EVENT_JSON} AS event FROM carrier e
      UNION ALL
      SELECT m.n, ${EVENT_JSON} FROM named m CROSS JOIN LATERAL (SELECT * FROM telemetry_event e
        WHERE e.environment = m.environment AND e.message_id = m.message_id AND e.payload_hash IS NULL
          AND e.stage IN ('emitted', 'sent', 'acked') AND e.time >= to_timestamp(m."fromMs" / 1000)
          AND e.time <= to_timestamp(m."toMs" / 1000) OFFSET 0) e) c
    GROUP BY c.n`,
};

/** For each span the outbound stages of the messages that carry its content; of a repeated id the first received. */
export async function contentEvents(session: Session, spans: readonly ContentSpan[]): Promise<ObservedEvent[][]> {
  if (spans.length === 0) return [];
  const asked = spans.map(({ environment, hash, fromMs, toMs }, n) => ({ n, environment, hash, fromMs, toMs }));
  const rows = await session.query<{ n: number; events: string }>(CONTENT_EVENTS, JSON.stringify(asked));
  const byPlace = new Map(rows.map(({ n, events }) => [n, events]));
  return spans.map((_, n) => {
    const stored = parseEvents(byPlace.get(n) ?? null).sort((a, b) => b.ordinal - a.ordinal);
    return [...new Map(stored.map(({ event }) => [event.id, event])).values()];
  });
}
