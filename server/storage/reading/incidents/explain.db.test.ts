import { afterAll, beforeAll, expect, it } from "vitest";
import { KEEP_CANDIDATES_SQL, KEEP_EVIDENCE_SQL } from "../../keep-evidence";
import { ensurePartitions } from "../../partitions";
import { planOf } from "../../testing/explain";
import { createTestDatabase, type TestDatabase } from "../../testing/test-database";
import { INCIDENT_FACTS_SQL, INCIDENT_SERIES_SQL } from "./incident-facts";
import { INCIDENT_JOURNEYS_SQL } from "./incident-journeys";
import { CONNECTION_LIFE_SQL, INTERVAL_AT_SQL, MESSAGE_STAGES_SQL } from "./occurrence-events";

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const at = new Date(NOW_MS - 3_600_000);
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await ensurePartitions(db, NOW_MS, NOW_MS - 86_400_000, NOW_MS);
  const now = `to_timestamp(${NOW_MS / 1000})`;
  await db.pool.query(`
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, type, user_id, connection_id, run_id, message_id,
      outcome, scope)
    SELECT 'prod', 'e' || i, ${now} - i * interval '1 second', now(),
      CASE WHEN i % 20 = 0 THEN 'connection_opened' ELSE 'sent' END, 'agent_started', 'u' || i % 500, 'c' || i % 5000,
      'r' || i / 10, 'm' || i / 2, 'ok', 'user' FROM generate_series(1, 40000) i;
    INSERT INTO connection_interval (environment, instance, connection_id, n, user_id, opened_at)
    SELECT 'prod', '', 'c' || i, 0, 'u' || i % 5000, ${now} - i * interval '8 seconds' FROM generate_series(1, 20000) i;
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

it.each([
  [
    "stages of a message are found",
    MESSAGE_STAGES_SQL,
    ["prod", "m1800", "r360", ["e3600"], at, 60],
    ["connection_interval_pkey", "telemetry_event_message_idx", "telemetry_event_pkey"],
  ],
  [
    "a connection's life is found",
    CONNECTION_LIFE_SQL,
    ["prod", "c20", "", at, 20],
    ["connection_interval_pkey", "telemetry_event_connection_stage_idx"],
  ],
  ["evidence is kept", KEEP_EVIDENCE_SQL, ["prod", "o1", "{}", at], ["occurrence_pkey"]],
  ["an interval is found", INTERVAL_AT_SQL, ["prod", "c20", "", at], ["connection_interval_pkey"]],
] as const)("%s by their indexes", async (_what, text, values, indexes) => {
  const plan = await planOf(db, text, values);
  expect(plan.indexes).toEqual(expect.arrayContaining([...indexes]));
  expect(plan.scans).toEqual([]);
});

it("what is to be kept is found incident by incident", async () => {
  const { indexes, scans } = await planOf(db, KEEP_CANDIDATES_SQL, [new Date(0), at, 20, 500]);
  expect(indexes).toContain("occurrence_incident_idx");
  expect(scans).not.toContain("occurrence");
});
