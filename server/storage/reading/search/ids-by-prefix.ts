/**
 * The distinct ids of one column that begin with a text, in the order of their bytes: the id that is the text comes first.
 * Skips from id to id along an index, so that an id of a million rows costs as much as one of a single row.
 */

/** Sorts behind every id that begins with what stands before it. */
const BEHIND_ALL = "\u{10FFFF}";

/** Values of $1 to $4 in {@link idsByPrefix}: environments, bounds of the ids, and how many of each environment. */
export function prefixValues(environments: string[], prefix: string, limit: number): unknown[] {
  return [environments, prefix, prefix + BEHIND_ALL, limit];
}

interface Column {
  table: string;
  column: string;
  /** What the index is limited to besides ids that are there. */
  where?: string;
}

/**
 * A recursive query named `found` with the columns `environment`, `id` and `n`, to be followed by further queries.
 * Relies on an index on (environment, column text_pattern_ops).
 */
export function idsByPrefix({ table, column, where }: Column): string {
  const next = (environment: string, beyond: string) => `(SELECT t.${column} FROM ${table} t
    WHERE t.environment = ${environment} AND t.${column} ${beyond} AND t.${column} ~<~ $3${where ? ` AND ${where}` : ""}
    ORDER BY t.${column} USING ~<~ LIMIT 1)`;
  return `WITH RECURSIVE found AS (
  SELECT v.environment, ${next("v.environment", "~>=~ $2")} AS id, 1 AS n FROM unnest($1::text[]) AS v(environment)
  UNION ALL
  SELECT f.environment, ${next("f.environment", "~>~ f.id")}, f.n + 1 FROM found f WHERE f.id IS NOT NULL AND f.n < $4
)`;
}
