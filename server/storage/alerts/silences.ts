/** Silences as people made them. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { matcher } from "@/contracts/silences";
import type { Matcher } from "@/domain/alerts/silence";
import type { Connection } from "./alerts";

export interface StoredSilence {
  id: string;
  environment: string;
  matchers: readonly Matcher[];
  comment: string;
  startsAtMs: number;
  endsAtMs: number;
  createdAtMs: number;
  createdBy: string;
  expiredBy: string | null;
}

const COLUMNS = `id, environment, matchers, comment, date_part('epoch', starts_at) * 1000 AS "startsAtMs",
  date_part('epoch', ends_at) * 1000 AS "endsAtMs", date_part('epoch', created_at) * 1000 AS "createdAtMs",
  created_by AS "createdBy", expired_by AS "expiredBy"`;

/** Each environment's by alert_silence_ends_idx, those that end last first. */
export const LIST_SILENCES = `SELECT s.* FROM unnest($1::text[]) AS e(name) CROSS JOIN LATERAL (
  SELECT ${COLUMNS} FROM alert_silence WHERE environment = e.name
    AND ends_at > coalesce($2::timestamptz, '-infinity') AND ends_at <= coalesce($3::timestamptz, 'infinity')
    AND ($4::timestamptz IS NULL OR ends_at <= $4 AND (ends_at < $4 OR id > $5))
  ORDER BY ends_at DESC, id LIMIT $6::integer) s
  ORDER BY "endsAtMs" DESC, id LIMIT $6::integer`;

export interface SilenceQuery {
  environments: readonly string[];
  /** Ends after this; null = whenever. */
  endsAfter: Date | null;
  /** Ends then or before. */
  endsUpTo: Date | null;
  after: { at: string; id: string } | null;
  limit: number;
}

export async function listSilences(connection: Connection, query: SilenceQuery): Promise<StoredSilence[]> {
  const { environments, endsAfter, endsUpTo, after, limit } = query;
  const values = [environments, endsAfter, endsUpTo, after?.at ?? null, after?.id ?? null, limit];
  return (await connection.query<StoredSilence>(LIST_SILENCES, values)).rows.map(parsed);
}

/** Only inserts. */
export const INSERT_SILENCE = `INSERT INTO alert_silence
    (id, environment, matchers, comment, starts_at, ends_at, created_at, created_by)
  VALUES ($1, $2, $3::jsonb, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000),
    to_timestamp($7::float8 / 1000), $8) RETURNING ${COLUMNS}`;

export async function insertSilence(
  connection: Connection,
  silence: Omit<StoredSilence, "id" | "expiredBy">,
): Promise<StoredSilence> {
  const { environment, matchers, comment, startsAtMs, endsAtMs, createdAtMs, createdBy } = silence;
  const { rows } = await connection.query<StoredSilence>(INSERT_SILENCE, [
    ...[randomUUID(), environment, JSON.stringify(matchers), comment, startsAtMs, endsAtMs, createdAtMs, createdBy],
  ]);
  const [row] = rows;
  if (!row) throw new Error("a silence was not inserted");
  return parsed(row);
}

/** Uses alert_silence_pkey. One that was to begin later never does; one that has ended stays as it is. */
export const EXPIRE_SILENCE = `UPDATE alert_silence SET ends_at = to_timestamp($3::float8 / 1000),
    starts_at = least(starts_at, to_timestamp($3::float8 / 1000)), expired_by = $4
  WHERE id = $1 AND environment = ANY ($2::text[]) AND ends_at > to_timestamp($3::float8 / 1000) RETURNING ${COLUMNS}`;

/** null = none of this id stands in these environments. */
export async function expireSilence(
  connection: Connection,
  given: { id: string; environments: readonly string[]; expiredBy: string; nowMs: number },
): Promise<StoredSilence | null> {
  const { id, environments, expiredBy, nowMs } = given;
  const { rows } = await connection.query<StoredSilence>(EXPIRE_SILENCE, [id, environments, nowMs, expiredBy]);
  return rows[0] ? parsed(rows[0]) : null;
}

/** Uses alert_silence_pkey. */
export const READ_SILENCE = `SELECT ${COLUMNS} FROM alert_silence WHERE id = $1 AND environment = ANY ($2::text[])`;

export async function readSilence(
  connection: Connection,
  id: string,
  environments: readonly string[],
): Promise<StoredSilence | null> {
  const { rows } = await connection.query<StoredSilence>(READ_SILENCE, [id, environments]);
  return rows[0] ? parsed(rows[0]) : null;
}

function parsed(row: StoredSilence): StoredSilence {
  return { ...row, matchers: z.array(matcher).parse(row.matchers) };
}
