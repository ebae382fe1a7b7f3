/** Counters: deltas are appended beside the verdict that changed them, and folded into minutes and hours by one job. */
import type { Contribution } from "@/domain/rollups/contribution";
import { type CountedNote, notesIn } from "@/domain/rollups/count-notes";
import { placed } from "@/domain/rollups/counter";
import { type BatchNote, UPSERT_NOTES } from "../batch-rows";
import type { Session, Statement } from "./transaction";

/** A change of one counter in one minute. */
export interface RollupDelta {
  environment: string;
  minuteMs: number;
  metric: string;
  n: number;
}

export interface Deltas {
  add(environment: string, contribution: Contribution, sign: 1 | -1): void;
  /** What changes, without the zeros. */
  list(): RollupDelta[];
  /** Quality notes that are new, and with counts below zero those that are taken back. */
  notes(nowMs: number): BatchNote[];
}

/** Sums up deltas before they are written: (new − old) of a whole batch. */
export function createDeltas(): Deltas {
  const byKey = new Map<string, RollupDelta>();
  const notes = new Map<string, CountedNote & { environment: string }>();
  return {
    add(environment, contribution, sign) {
      for (const { minuteMs, metric, n } of placed(contribution)) {
        const key = `${minuteMs}\u0000${metric}\u0000${environment}`;
        const delta = byKey.get(key);
        if (delta) delta.n += sign * n;
        else byKey.set(key, { environment, minuteMs, metric, n: sign * n });
      }
      for (const note of notesIn(contribution)) {
        const key = JSON.stringify([environment, note.code, note.service, note.instance, note.sample]);
        notes.set(key, { ...note, environment, n: (notes.get(key)?.n ?? 0) + sign * note.n });
      }
    },
    list: () => [...byKey.values()].filter((delta) => delta.n !== 0),
    notes: (nowMs) =>
      [...notes.values()].filter(({ n }) => n !== 0).map(({ n, ...note }) => ({ ...note, count: n, atMs: nowMs })),
  };
}

/** Inserts only. */
export const APPEND_DELTAS: Statement = {
  name: "judge_append_deltas",
  text: `INSERT INTO rollup_delta (environment, minute, metric, n)
    SELECT environment, to_timestamp("minuteMs" / 1000), metric, n
    FROM json_to_recordset($1::json) AS w(environment text, "minuteMs" float8, metric text, n bigint)`,
};

/** Appends what changed; readers add deltas and rollups. */
export async function appendDeltas(session: Session, deltas: readonly RollupDelta[]): Promise<void> {
  if (deltas.length > 0) await session.query(APPEND_DELTAS, JSON.stringify(deltas));
}

/** Last of all that a transaction writes, because others wait for the rows. */
export async function countNotes(session: Session, notes: readonly BatchNote[]): Promise<void> {
  if (notes.length > 0) await session.query(UPSERT_NOTES, JSON.stringify(notes));
}

/**
 * Counters of routers have a JSON array for a name: the kind, the router, and the rest. They go to a table of their own.
 * Uses rollup_delta_pkey, then rollup_pkey and router_rollup_pkey. Sorted, so that two folds never wait for each other
 * in a circle.
 */
export const FOLD_DELTAS: Statement = {
  name: "judge_fold_deltas",
  text: `WITH taken AS (
      DELETE FROM rollup_delta WHERE seq = ANY (ARRAY(
        SELECT seq FROM rollup_delta ORDER BY seq LIMIT $1::integer FOR UPDATE SKIP LOCKED))
      RETURNING environment, minute, metric, n),
    grains AS MATERIALIZED (
      SELECT environment, grain, bucket, metric, sum(n) AS n FROM (
        SELECT environment, 'minute' AS grain, minute AS bucket, metric, n FROM taken
        UNION ALL SELECT environment, 'hour', date_trunc('hour', minute, 'UTC'), metric, n FROM taken) g
      GROUP BY 1, 2, 3, 4),
    folded AS (
      INSERT INTO rollup AS r (environment, grain, bucket, metric, n)
      SELECT environment, grain, bucket, metric, n FROM grains WHERE left(metric, 1) <> '['
        ORDER BY environment, grain, bucket, metric
      ON CONFLICT (environment, grain, bucket, metric) DO UPDATE SET n = r.n + EXCLUDED.n),
    folded_routers AS (
      INSERT INTO router_rollup AS r (environment, grain, kind, router, bucket, name, n)
      SELECT environment, grain, parts->>0, parts->>1, bucket, (parts - 0 - 0)::text, n
        FROM (SELECT *, metric::jsonb AS parts FROM grains WHERE left(metric, 1) = '[') g
        ORDER BY environment, grain, parts->>0, parts->>1, bucket, (parts - 0 - 0)::text
      ON CONFLICT (environment, grain, kind, router, bucket, name) DO UPDATE SET n = r.n + EXCLUDED.n)
    SELECT count(*)::integer AS count FROM taken`,
};

/** No table: one fold at a time. */
export const FOLD_LOCK: Statement = {
  name: "judge_fold_lock",
  text: `SELECT pg_try_advisory_xact_lock(hashtextextended('signalbox rollup fold', 0)) AS held`,
};

/** Folds up to `limit` deltas; answers how many, 0 also when somebody else is folding. Needs a transaction of its own. */
export async function foldDeltas(session: Session, limit: number): Promise<number> {
  const [lock] = await session.query<{ held: boolean }>(FOLD_LOCK);
  if (!lock?.held) return 0;
  const [folded] = await session.query<{ count: number }>(FOLD_DELTAS, limit);
  return folded?.count ?? 0;
}
