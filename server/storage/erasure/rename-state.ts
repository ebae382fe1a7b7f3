/** What the judge knows about a user beside the events: connections, waiting marks, leaks. Small, and changed at once. */
import type { PoolClient } from "pg";
import {
  type NamedOccurrence,
  type Renaming,
  renameInJson,
  renameInOccurrenceKey,
  renameInText,
} from "@/domain/erasure/rename-user";
import type { Json } from "@/domain/telemetry/event";
import { renameSilences } from "./rename-silences";

/** Uses connection_interval_user_idx or its twin by beginnings, and connection_interval_bindings_idx for later users. */
export const RENAME_CONNECTIONS = `UPDATE connection_interval i
  SET user_id = CASE WHEN i.user_id = $2 THEN $3 ELSE i.user_id END,
    bindings = (SELECT coalesce(jsonb_agg(CASE WHEN b.value->>'userId' = $2
        THEN jsonb_set(b.value, '{userId}', to_jsonb($3::text)) ELSE b.value END ORDER BY b.n), '[]')
      FROM jsonb_array_elements(i.bindings) WITH ORDINALITY AS b(value, n))
  WHERE i.environment = $1 AND (i.user_id = $2 OR jsonb_array_length(i.bindings) > 1
    AND i.bindings @> jsonb_build_array(jsonb_build_object('userId', $2::text)))`;

/** Uses canary_user_idx. */
export const RENAME_CANARIES = "UPDATE canary SET user_id = $3 WHERE environment = $1 AND user_id = $2";

/** Uses incident_environment_rule_router_key. The order of names is the one in which they are counted. */
export const RENAME_INCIDENTS = `UPDATE incident
  SET owners = ARRAY(SELECT DISTINCT unnest(array_replace(owners, $2, $3)) ORDER BY 1),
    recipients = ARRAY(SELECT DISTINCT unnest(array_replace(recipients, $2, $3)) ORDER BY 1)
  WHERE environment = $1 AND ($2 = ANY (owners) OR $2 = ANY (recipients))`;

/** Uses incident_environment_rule_router_key, then incident_history_incident_idx. */
export const NOTES_NAMING = `SELECT h.seq::text AS seq, h.note FROM incident i CROSS JOIN LATERAL (
    SELECT h.seq, h.note FROM incident_history h WHERE h.incident_id = i.id AND position($2 IN h.note) > 0 OFFSET 0) h
  WHERE i.environment = $1`;

/** Uses incident_history_pkey. */
export const RENAME_NOTES = `UPDATE incident_history h SET note = w.note
  FROM jsonb_to_recordset($1::jsonb) AS w(seq bigint, note text) WHERE h.seq = w.seq`;

/** Uses occurrence_pkey. */
export const OCCURRENCES_NAMING = `SELECT rule, key, owner, recipient, evidence, kept FROM occurrence
  WHERE environment = $1 AND (owner = $2 OR recipient = $2 OR position(to_jsonb($2::text)::text IN evidence::text) > 0
    OR position(to_jsonb($2::text)::text IN kept::text) > 0)`;

/** Uses occurrence_pkey. */
export const RENAME_OCCURRENCES = `UPDATE occurrence o
  SET key = w.new_key, owner = w.owner, recipient = w.recipient, evidence = w.evidence, kept = w.kept
  FROM jsonb_to_recordset($2::jsonb) AS w(key text, new_key text, owner text, recipient text, evidence jsonb, kept jsonb)
  WHERE o.environment = $1 AND o.key = w.key`;

/** Reads the queue, which is short, or uses judge_failure_pkey. */
const MARKS_NAMING = {
  dirty_mark: `SELECT seq::text AS row, key FROM dirty_mark
    WHERE kind = 'fan_out' AND environment = $1 AND position(to_jsonb($2::text)::text IN key) > 0`,
  judge_failure: `SELECT key AS row, key FROM judge_failure
    WHERE kind = 'fan_out' AND environment = $1 AND position(to_jsonb($2::text)::text IN key) > 0`,
};
const RENAME_MARK = {
  dirty_mark: "UPDATE dirty_mark SET key = $2 WHERE seq = $1::bigint AND $3::text IS NOT NULL",
  judge_failure: "UPDATE judge_failure SET key = $2 WHERE environment = $3 AND kind = 'fan_out' AND key = $1",
};
/** Uses judge_failure_pkey. */
export const RENAME_FAILURES = `UPDATE judge_failure SET message = replace(message, $2, $3)
  WHERE environment = $1 AND position($2 IN message) > 0`;

export interface RenamedState {
  connections: number;
  leaks: number;
  incidents: number;
}

/** Renames a user in an environment's connections, leaks and waiting marks, within the caller's transaction. */
export async function renameState(client: PoolClient, environment: string, renaming: Renaming): Promise<RenamedState> {
  const values = [environment, renaming.from, renaming.to];
  const connections = await client.query(RENAME_CONNECTIONS, values);
  const leaks = await renameOccurrences(client, environment, renaming);
  const incidents = await client.query(RENAME_INCIDENTS, values);
  await renameNotes(client, environment, renaming);
  await renameSilences(client, environment, renaming);
  await client.query(RENAME_CANARIES, values);
  await client.query(RENAME_FAILURES, values);
  for (const table of ["dirty_mark", "judge_failure"] as const) {
    const naming = [environment, renaming.from];
    const { rows } = await client.query<{ row: string; key: string }>(MARKS_NAMING[table], naming);
    for (const { row, key } of rows) {
      const renamed = JSON.stringify(renameInJson(JSON.parse(key) as Json, renaming));
      await client.query(RENAME_MARK[table], [row, renamed, environment]);
    }
  }
  return { connections: connections.rowCount ?? 0, leaks, incidents: incidents.rowCount ?? 0 };
}

/** What people wrote about incidents. */
async function renameNotes(client: PoolClient, environment: string, renaming: Renaming): Promise<void> {
  const { rows } = await client.query<{ seq: string; note: string }>(NOTES_NAMING, [environment, renaming.from]);
  const renamed = rows.map(({ seq, note }) => ({ seq, note: renameInText(note, renaming) }));
  if (renamed.length > 0) await client.query(RENAME_NOTES, [JSON.stringify(renamed)]);
}

interface NamingOccurrence extends NamedOccurrence {
  evidence: Json;
  kept: Json;
}

async function renameOccurrences(client: PoolClient, environment: string, renaming: Renaming): Promise<number> {
  const found = await client.query<NamingOccurrence>(OCCURRENCES_NAMING, [environment, renaming.from]);
  if (found.rows.length === 0) return 0;
  const renamed = found.rows.map(({ key, rule, ...named }) => ({
    key,
    new_key: renameInOccurrenceKey({ key, rule, ...named }, renaming),
    ...(renameInJson(named, renaming) as object),
  }));
  await client.query(RENAME_OCCURRENCES, [environment, JSON.stringify(renamed)]);
  return renamed.length;
}
