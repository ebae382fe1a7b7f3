import { afterAll, beforeAll, expect, it } from "vitest";
import { planOf } from "../testing/explain";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { END_REPEATS } from "./enqueue-deliveries";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query(`
    INSERT INTO alert_channel (id, kind, name, target, shown, environments, minimum_severity, send_resolved, enabled,
      next_at, created_at, created_by, changed_at, changed_by)
    SELECT 'c' || i, 'alertmanager', 'c' || i, '', '{}', '{*}', 'info', true, true,
      now(), now() - i * interval '1 hour', '', now(), '' FROM generate_series(1, 2000) i;
    INSERT INTO alert_delivery (id, channel_id, environment, group_key, status, notification, state, attempts, created_at,
      next_at, ended_at, repeat_at)
    SELECT i, 'c' || (1 + i % 2000), 'prod', 'g' || i % 1000, 'firing', '{}', CASE WHEN i % 50 = 0 THEN 'waiting' ELSE 'sent' END, 1,
      now() - i * interval '1 minute', now(), CASE WHEN i % 50 = 0 THEN NULL ELSE now() - i * interval '1 minute' END,
      CASE WHEN i % 40 = 1 THEN now() END FROM generate_series(1, 60000) i;`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

it.each([["repeats of a group are ended", END_REPEATS, ["prod", "g7"], ["alert_delivery_repeat_idx"]]] as const)(
  "%s by their index, and no table is read whole",
  async (_what, text, values, indexes) => {
    expect(await planOf(db, text, values)).toEqual({ indexes, scans: [] });
  },
);
