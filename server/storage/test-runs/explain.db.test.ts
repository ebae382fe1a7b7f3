import { afterAll, beforeAll, expect, it } from "vitest";
import { planOf } from "../testing/explain";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { FORGET_RUNS, LATEST_RUNS, LIST_RUNS } from "./test-run-rows";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query(`
    INSERT INTO test_run (id, environment, suite, digest, ran_at, uploaded_at, uploaded_by, tests, failures, errors, skipped,
      real_connections, mocked_connections, failed)
    SELECT i, CASE WHEN i % 20 = 0 THEN 'rare' ELSE 'prod' END, 's' || i % 40, i, now() - i * interval '1 hour', now(), '',
      10, 0, 0, 0, 0, 0, '[]' FROM generate_series(1, 20000) i;`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

it.each([
  ["runs of a suite are listed", LIST_RUNS, [["rare"], "s20", "2100-01-01T00:00:00Z", "x", 50], ["test_run_suite_idx"]],
  ["the newest runs are found", LATEST_RUNS, [["rare"], 200], ["test_run_suite_idx"]],
  ["old runs are forgotten", FORGET_RUNS, ["prod", "s1", 100], ["test_run_pkey", "test_run_suite_idx"]],
] as const)("%s by their index", async (_what, text, values, indexes) => {
  expect(await planOf(db, text, values)).toEqual({ indexes, scans: [] });
});
