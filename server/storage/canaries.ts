/** Canary tokens as they are stored: by digest, with the user they were planted for. */
import type { Database } from "./database";
import type { Canary } from "./generated/client";

/** Uses canary_token_key. */
export const CANARY_OWNERS_SQL = `SELECT c.environment, c.token_hash AS "tokenHash", c.user_id AS "userId"
  FROM (SELECT DISTINCT environment, hash FROM unnest($1::text[], $2::text[]) AS w(environment, hash)) w
  CROSS JOIN LATERAL (SELECT * FROM canary c WHERE c.environment = w.environment AND c.token_hash = w.hash OFFSET 0) c`;

export type CanaryOwner = Pick<Canary, "environment" | "tokenHash" | "userId">;

/** Of these digests, those of tokens that were issued in that environment. */
export async function ownersOfCanaries(
  { pool }: Database,
  candidates: readonly Omit<CanaryOwner, "userId">[],
): Promise<CanaryOwner[]> {
  const values = [candidates.map(({ environment }) => environment), candidates.map(({ tokenHash }) => tokenHash)];
  return (await pool.query<CanaryOwner>(CANARY_OWNERS_SQL, values)).rows;
}

export interface CanaryQuery {
  within: readonly string[] | "all";
  after: { createdAt: string; id: string } | null;
  limit: number;
}

/** Uses canary_created_idx. */
export const LIST_CANARIES_SQL = `SELECT id, environment, user_id AS "userId", created_at AS "createdAt",
  created_by AS "createdBy"
FROM canary
WHERE ($1::text[] IS NULL OR environment = ANY ($1::text[]))
  AND ($2::timestamptz IS NULL OR (created_at, id) < ($2::timestamptz, $3::text))
ORDER BY created_at DESC, id DESC LIMIT $4`;

/** One page without digests, newest first. */
export async function listCanaryRows({ pool }: Database, query: CanaryQuery): Promise<Omit<Canary, "tokenHash">[]> {
  const { within, after, limit } = query;
  const values = [within === "all" ? null : within, after?.createdAt ?? null, after?.id ?? null, limit];
  return (await pool.query<Omit<Canary, "tokenHash">>(LIST_CANARIES_SQL, values)).rows;
}
