/** Runs of test suites as they are stored. */
import type { Database } from "../database";
import type { TestRun } from "../generated/client";

const COLUMNS = `r.id, r.environment, r.suite, r.commit_id AS "commitId", r.branch, r.ran_at AS "ranAt",
  r.uploaded_at AS "uploadedAt", r.uploaded_by AS "uploadedBy", r.tests, r.failures, r.errors, r.skipped,
  r.duration_ms AS "durationMs", r.real_connections AS "realConnections", r.mocked_connections AS "mockedConnections",
  r.failed`;
export type ListedRun = Omit<TestRun, "digest">;

export interface RunQuery {
  environments: readonly string[];
  suite: string;
  after: { ranAt: string; id: string } | null;
  limit: number;
}

/** Uses test_run_suite_idx. */
export const LIST_RUNS = `SELECT ${COLUMNS} FROM test_run r
WHERE r.environment = ANY ($1::text[]) AND r.suite = $2
  AND ($3::timestamptz IS NULL OR (r.ran_at, r.id) < ($3::timestamptz, $4::text))
ORDER BY r.ran_at DESC, r.id DESC LIMIT $5`;

/** Newest first. */
export async function listRunRows({ pool }: Database, query: RunQuery): Promise<ListedRun[]> {
  const { environments, suite, after, limit } = query;
  const values = [environments, suite, after?.ranAt ?? null, after?.id ?? null, limit];
  return (await pool.query<ListedRun>(LIST_RUNS, values)).rows;
}

/** Uses test_run_suite_idx. */
export const LATEST_RUNS = `SELECT l.*, count(*) OVER ()::int AS total FROM (
  SELECT DISTINCT ON (r.environment, r.suite) ${COLUMNS} FROM test_run r WHERE r.environment = ANY ($1::text[])
  ORDER BY r.environment, r.suite, r.ran_at DESC, r.id DESC) l
ORDER BY l.suite, l.environment LIMIT $2`;

/** The newest run of each suite by name, and how many suites there are. */
export async function latestRunRows(
  { pool }: Database,
  environments: readonly string[],
  limit: number,
): Promise<{ rows: ListedRun[]; total: number }> {
  const { rows } = await pool.query<ListedRun & { total: number }>(LATEST_RUNS, [environments, limit]);
  return { rows, total: rows[0]?.total ?? 0 };
}

/** Uses test_run_suite_idx. */
export const FORGET_RUNS = `DELETE FROM test_run WHERE id IN (SELECT r.id FROM test_run r
  WHERE r.environment = $1 AND r.suite = $2 ORDER BY r.ran_at DESC, r.id DESC OFFSET $3)`;

/** Keeps the newest runs of a suite. */
export async function forgetRuns({ pool }: Database, environment: string, suite: string, kept: number): Promise<void> {
  await pool.query(FORGET_RUNS, [environment, suite, kept]);
}
