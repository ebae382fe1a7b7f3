/**
 * Leaks. An occurrence is kept when later telemetry disproves it, as withdrawn; an incident counts those that stand.
 * The advisory lock of an incident is held from before its occurrences are written until the commit.
 */
import { createHash } from "node:crypto";
import type { NewOccurrence } from "@/domain/incidents/after-count";
import type { LeakOccurrence } from "@/domain/journeys/types";
import { moveIncidents, STATE_COLUMNS, type StoredState } from "./incident-states";
import type { JourneyKey } from "./journeys";
import { lockAll } from "./locks";
import type { Session, Statement } from "./transaction";

/** An occurrence and the journey or message it was found in. */
export interface FoundOccurrence extends LeakOccurrence {
  environment: string;
  subject: string;
}

/** What was found in each of `subjects`, which may be nothing. */
export interface FoundLeaks {
  subjects: JourneyKey[];
  found: FoundOccurrence[];
}

export interface StoredOccurrence {
  environment: string;
  key: string;
  subject: string;
  incidentId: string;
  severity: string;
  owner: string | null;
  recipient: string | null;
  runId: string | null;
  eventIds: string[];
  withdrawn: boolean;
}

/** Uses occurrence_subject_idx and occurrence_pkey. */
export const STORED_OCCURRENCES: Statement = {
  name: "judge_stored_occurrences",
  text: `SELECT DISTINCT o.environment, o.key, o.subject, o.incident_id AS "incidentId", o.severity, o.owner, o.recipient,
      o.run_id AS "runId", o.event_ids AS "eventIds", o.withdrawn_at IS NOT NULL AS withdrawn
    FROM json_to_recordset($1::json) AS w(environment text, subject text, key text)
    CROSS JOIN LATERAL (
      SELECT * FROM occurrence o WHERE o.environment = w.environment AND o.subject = w.subject
      UNION ALL
      SELECT * FROM occurrence o WHERE o.environment = w.environment AND o.key = w.key OFFSET 0) o`,
};

/** Those of a subject, or of a key. */
export function storedOccurrences(
  session: Session,
  wanted: readonly ({ environment: string } & ({ subject: string } | { key: string }))[],
): Promise<StoredOccurrence[]> {
  return session.query<StoredOccurrence>(STORED_OCCURRENCES, JSON.stringify(wanted));
}

/** Inserts into incident, whose unique key is (environment, rule, router). */
export const ENSURE_INCIDENTS: Statement = {
  name: "judge_ensure_incidents",
  text: `INSERT INTO incident (id, environment, rule, severity, router, first_seen_at, last_seen_at)
    SELECT DISTINCT ON (id) id, environment, rule, severity, router, to_timestamp("occurredAtMs" / 1000), to_timestamp("occurredAtMs" / 1000)
    FROM json_to_recordset($1::json)
      AS w(id text, environment text, rule text, severity text, router text, "occurredAtMs" float8)
    ON CONFLICT DO NOTHING RETURNING id`,
};

/** Uses occurrence_pkey, and telemetry_event_pkey for the evidence. */
export const UPSERT_OCCURRENCES: Statement = {
  name: "judge_upsert_occurrences",
  text: `INSERT INTO occurrence AS o (environment, key, incident_id, subject, rule, severity, router, owner, recipient,
      message_id, run_id, connection_id, version, event_ids, evidence, occurred_at)
    SELECT w.environment, w.key, w."incidentId", w.subject, w.rule, w.severity, w.router, w.owner, w.recipient,
      w."messageId", w."runId", w."connectionId", w.version, ARRAY(SELECT json_array_elements_text(w."eventIds")),
      jsonb_build_object('events', (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.time, e.id), '[]')
        FROM json_array_elements_text(w."eventIds") AS wanted(id)
        CROSS JOIN LATERAL (SELECT * FROM telemetry_event e
          WHERE e.environment = w.environment AND e.id = wanted.id OFFSET 0) e)),
      to_timestamp(w."occurredAtMs" / 1000)
    FROM json_to_recordset($1::json) AS w(environment text, key text, "incidentId" text, subject text, rule text,
      severity text, router text, owner text, recipient text, "messageId" text, "runId" text, "connectionId" text,
      version text, "eventIds" json, "occurredAtMs" float8)
    ON CONFLICT (environment, key) DO UPDATE SET incident_id = EXCLUDED.incident_id, subject = EXCLUDED.subject,
      severity = EXCLUDED.severity, router = EXCLUDED.router, owner = EXCLUDED.owner, recipient = EXCLUDED.recipient,
      message_id = EXCLUDED.message_id, run_id = EXCLUDED.run_id, connection_id = EXCLUDED.connection_id,
      version = EXCLUDED.version, event_ids = EXCLUDED.event_ids, evidence = EXCLUDED.evidence,
      occurred_at = EXCLUDED.occurred_at, withdrawn_at = NULL`,
};

/** Uses occurrence_pkey. */
export const WITHDRAW_OCCURRENCES: Statement = {
  name: "judge_withdraw_occurrences",
  text: `UPDATE occurrence o SET withdrawn_at = to_timestamp($2::float8 / 1000)
    FROM json_to_recordset($1::json) AS w(environment text, key text)
    WHERE o.environment = w.environment AND o.key = w.key AND o.withdrawn_at IS NULL`,
};

/** Uses incident_pkey and occurrence_incident_idx. */
export const RECOUNT_INCIDENTS: Statement = {
  name: "judge_recount_incidents",
  text: `UPDATE incident i SET occurrences = c.n, first_seen_at = coalesce(c.first, i.first_seen_at),
      last_seen_at = coalesce(c.last, i.last_seen_at), owners = c.owners, recipients = c.recipients,
      severity = coalesce(c.severity, i.severity), updated_at = to_timestamp($2::float8 / 1000)
    FROM json_to_recordset($1::json) AS w(id text)
    CROSS JOIN LATERAL (
      SELECT count(*) AS n, min(o.occurred_at) AS first, max(o.occurred_at) AS last,
        min(o.severity) AS severity, coalesce((array_agg(DISTINCT o.owner) FILTER (WHERE o.owner IS NOT NULL))[1:1000], '{}') AS owners,
        coalesce((array_agg(DISTINCT o.recipient) FILTER (WHERE o.recipient IS NOT NULL))[1:1000], '{}') AS recipients
      FROM occurrence o WHERE o.incident_id = w.id AND o.withdrawn_at IS NULL) c
    WHERE i.id = w.id RETURNING ${STATE_COLUMNS}`,
};

/** One incident a rule, router and environment: its id follows from them. */
export function incidentId(environment: string, rule: string, router: string): string {
  return createHash("sha256")
    .update(JSON.stringify([environment, rule, router]))
    .digest("hex")
    .slice(0, 24);
}

/** Name of the lock that whoever changes an incident holds. */
export const incidentLock = (id: string): string => `incident\u0000${id}`;

const keyOf = (row: { environment: string; key: string }) => `${row.environment}\u0000${row.key}`;

function same(stored: StoredOccurrence, found: FoundOccurrence & { incidentId: string }): boolean {
  return (
    !stored.withdrawn &&
    stored.subject === found.subject &&
    stored.incidentId === found.incidentId &&
    stored.severity === found.severity &&
    stored.owner === found.owner &&
    stored.recipient === found.recipient &&
    stored.runId === found.runId &&
    stored.eventIds.join("\u0000") === found.eventIds.join("\u0000")
  );
}

/** Makes the stored occurrences of `subjects` equal to `found`, and recounts their incidents. Answers the environments whose incidents changed. */
export async function replaceOccurrences(
  session: Session,
  { subjects, found }: FoundLeaks,
  nowMs: number,
): Promise<string[]> {
  const wanted = [
    ...subjects.map(({ environment, key }) => ({ environment, subject: key })),
    ...found.map(({ environment, key }) => ({ environment, key })),
  ];
  if (wanted.length === 0) return [];
  const rows = await storedOccurrences(session, wanted);
  const stored = new Map(rows.map((row) => [keyOf(row), row]));
  const standing = new Map(
    found.map((occurrence) => {
      const router = occurrence.router ?? "";
      const id = incidentId(occurrence.environment, occurrence.rule, router);
      return [keyOf(occurrence), { ...occurrence, router, incidentId: id }] as const;
    }),
  );
  const changed = [...standing].flatMap(([key, occurrence]) => {
    const row = stored.get(key);
    return row && same(row, occurrence) ? [] : [occurrence];
  });
  const gone = rows.filter((row) => !row.withdrawn && !standing.has(keyOf(row)));
  if (changed.length === 0 && gone.length === 0) return [];

  const affected = new Set(gone.map((row) => row.incidentId));
  const newest = new Map<string, NewOccurrence>();
  for (const occurrence of changed) {
    const { incidentId: id, version, occurredAtMs } = occurrence;
    const row = stored.get(keyOf(occurrence));
    if (row) affected.add(row.incidentId);
    affected.add(id);
    if (row?.incidentId === id || (newest.get(id)?.occurredAtMs ?? Number.NEGATIVE_INFINITY) > occurredAtMs) continue;
    newest.set(id, { version, occurredAtMs });
  }
  await lockAll(session, [...affected].map(incidentLock));
  let created: { id: string }[] = [];
  if (changed.length > 0) {
    const incidents = changed.map((occurrence) => ({ ...occurrence, id: occurrence.incidentId }));
    created = await session.query<{ id: string }>(ENSURE_INCIDENTS, JSON.stringify(incidents));
    await session.query(UPSERT_OCCURRENCES, JSON.stringify(changed));
  }
  if (gone.length > 0) await session.query(WITHDRAW_OCCURRENCES, JSON.stringify(gone), nowMs);
  const recount = JSON.stringify([...affected].map((id) => ({ id })));
  const counted = await session.query<StoredState>(RECOUNT_INCIDENTS, recount, nowMs);
  await moveIncidents(session, counted, { created: new Set(created.map(({ id }) => id)), newest }, nowMs);
  return [...new Set([...changed, ...gone].map(({ environment }) => environment))];
}
