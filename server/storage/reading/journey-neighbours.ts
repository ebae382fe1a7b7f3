import type { Database } from "../database";
import { JOURNEY_COLUMNS, type JourneyListRow } from "./list-journeys";

export interface NeighbourQuery {
  environment: string;
  owner: string;
  startedAt: Date;
  key: string;
  limit: number;
}

/** The owner's journeys before one, the nearest first. Uses journey_owner_idx. */
export const JOURNEYS_BEFORE_SQL = `
SELECT ${JOURNEY_COLUMNS} FROM journey j
WHERE j.environment = $1 AND j.owner = $2 AND j.started_at <= $3 AND (j.started_at < $3 OR j.key < $4)
ORDER BY j.started_at DESC, j.key DESC LIMIT $5`;

/** The owner's journeys after one, the nearest first. Uses journey_owner_idx. */
export const JOURNEYS_AFTER_SQL = `
SELECT ${JOURNEY_COLUMNS} FROM journey j
WHERE j.environment = $1 AND j.owner = $2 AND j.started_at >= $3 AND (j.started_at > $3 OR j.key > $4)
ORDER BY j.started_at, j.key LIMIT $5`;

export async function readNeighbours(
  { pool }: Database,
  side: "before" | "after",
  { environment, owner, startedAt, key, limit }: NeighbourQuery,
): Promise<JourneyListRow[]> {
  const text = side === "before" ? JOURNEYS_BEFORE_SQL : JOURNEYS_AFTER_SQL;
  return (await pool.query<JourneyListRow>(text, [environment, owner, startedAt, key, limit])).rows;
}

/** The last that succeeded among an owner's `$4` journeys before a time. Uses journey_owner_idx. */
export const LAST_HEALTHY_OF_OWNER_SQL = `
SELECT j.* FROM (
  SELECT ${JOURNEY_COLUMNS} FROM journey j
  WHERE j.environment = $1 AND j.owner = $2 AND j.started_at < $3
  ORDER BY j.started_at DESC, j.key DESC LIMIT $4
) j WHERE j.status = 'succeeded' ORDER BY j.started_at DESC, j.key DESC LIMIT 1`;

/** The last that succeeded before a time, of whoever. Uses journey_status_idx, or journey_started_idx where most succeed. */
export const LAST_HEALTHY_SQL = `
SELECT ${JOURNEY_COLUMNS} FROM journey j
WHERE j.environment = $1 AND j.status = 'succeeded' AND j.started_at < $2
ORDER BY j.started_at DESC, j.key LIMIT 1`;

/** `owner` null = of whoever. */
export async function readLastHealthy(
  { pool }: Database,
  query: { environment: string; owner: string | null; before: Date; among: number },
): Promise<JourneyListRow | null> {
  const { environment, owner, before, among } = query;
  const { rows } =
    owner === null
      ? await pool.query<JourneyListRow>(LAST_HEALTHY_SQL, [environment, before])
      : await pool.query<JourneyListRow>(LAST_HEALTHY_OF_OWNER_SQL, [environment, owner, before, among]);
  return rows[0] ?? null;
}
