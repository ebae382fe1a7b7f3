import type { Database } from "./database";
import type { AccessKey } from "./generated/client";

export interface KeyQuery {
  /** Only keys that cover nothing else; "all" = every key. */
  within: readonly string[] | "all";
  /** Only keys that are good, or that are not; null = both. */
  state: "active" | "revoked" | null;
  after: { createdAt: string; id: string } | null;
  limit: number;
}

/** Uses access_key_created_idx. */
export const LIST_KEYS_SQL = `SELECT id, name, prefix, role, environments, requests_per_minute AS "requestsPerMinute",
  events_per_minute AS "eventsPerMinute", created_at AS "createdAt", created_by AS "createdBy",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt", revoked_by AS "revokedBy"
FROM access_key
WHERE ($1::text[] IS NULL OR environments <@ $1::text[])
  AND ($2::text IS NULL OR (revoked_at IS NULL) = ($2 = 'active'))
  AND ($3::timestamptz IS NULL OR (created_at, id) < ($3::timestamptz, $4::text))
ORDER BY created_at DESC, id DESC LIMIT $5`;

/** One page of keys without their digests, newest first. */
export async function listKeyRows({ pool }: Database, query: KeyQuery): Promise<Omit<AccessKey, "hash">[]> {
  const { within, state, after, limit } = query;
  const values = [within === "all" ? null : within, state, after?.createdAt ?? null, after?.id ?? null, limit];
  return (await pool.query<Omit<AccessKey, "hash">>(LIST_KEYS_SQL, values)).rows;
}
