import { afterAll, beforeAll, expect, it } from "vitest";
import { planOf } from "../../testing/explain";
import { createTestDatabase, type TestDatabase } from "../../testing/test-database";
import { INCIDENT_FACTS_SQL, INCIDENT_SERIES_SQL } from "./incident-facts";
import { INCIDENT_JOURNEYS_SQL } from "./incident-journeys";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query(`
    INSERT INTO incident (id, environment, rule, severity, router, first_seen_at, last_seen_at)
    SELECT 'i' || i, 'prod', 'wrong_recipient', 'critical', 'R' || i, now(), now() FROM generate_series(1, 200) i;
    INSERT INTO occurrence (environment, key, incident_id, subject, rule, severity, router, owner, recipient, event_ids,
      occurred_at)
    SELECT 'prod', 'o' || i, 'i' || (1 + i % 200), 'r:r' || i, 'wrong_recipient', 'critical', 'R', 'u' || i % 500,
      'u' || i % 499, '{}', now() - i * interval '30 seconds' FROM generate_series(1, 20000) i;
    INSERT INTO journey (environment, key, id, status, started_at, last_event_at, policy_version, event_count, judged_at,
      verdict, contribution_minute)
    SELECT 'prod', 'r:r' || i, 'r' || i, 'failed', now(), now(), 1, 10, now(), '{}', now() FROM generate_series(1, 20000) i;`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

it.each([
  ["facts are counted", INCIDENT_FACTS_SQL, ["i1", 20_000, 50], ["occurrence_incident_idx"]],
  ["occurrences are counted by time", INCIDENT_SERIES_SQL, ["i1", 20_000, 60_000], ["occurrence_incident_idx"]],
  [
    "journeys are listed",
    INCIDENT_JOURNEYS_SQL,
    ["i1", 20_000, "2026-11-20T00:00:00Z", "r:x", 50],
    ["journey_pkey", "occurrence_incident_idx"],
  ],
] as const)("%s by their index", async (_what, text, values, indexes) => {
  expect(await planOf(db, text, values)).toEqual({ indexes, scans: [] });
});
