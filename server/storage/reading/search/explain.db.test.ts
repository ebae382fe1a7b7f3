import { afterAll, beforeAll, expect, it } from "vitest";
import { ensurePartitions } from "../../partitions";
import { planOf } from "../../testing/explain";
import { createTestDatabase, type TestDatabase } from "../../testing/test-database";
import { prefixValues } from "./ids-by-prefix";
import { FIND_CONNECTIONS_SQL } from "./search-connections";
import { FIND_INCIDENTS_SQL } from "./search-incidents";
import { FIND_JOURNEYS_SQL } from "./search-journeys";
import { FIND_MESSAGES_SQL } from "./search-messages";
import { FIND_THREADS_SQL } from "./search-threads";
import { FIND_USERS_SQL } from "./search-users";

let db: TestDatabase;
const nowMs = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

beforeAll(async () => {
  db = await createTestDatabase();
  await ensurePartitions(db, nowMs, nowMs - 6 * DAY, nowMs);
  const now = `to_timestamp(${nowMs / 1000})`;
  await db.pool.query(`
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, type, user_id, connection_id, thread_id, run_id,
      message_id, outcome, scope)
    SELECT 'prod', 'e' || i, ${now} - i * interval '8 seconds', now(),
      CASE WHEN i % 10 = 0 THEN 'received' ELSE 'emitted' END, 'agent_started', 'u' || i % 500, 'c' || i % 5000,
      't' || i % 2000, CASE WHEN i % 3 > 0 THEN 'r' || i / 10 END, 'm' || i, 'ok', 'user'
    FROM generate_series(1, 60000) i;
    INSERT INTO journey (environment, key, id, status, owner, started_at, last_event_at, policy_version, event_count,
      judged_at, verdict, contribution_minute)
    SELECT 'prod', 'r:r' || i, 'r' || i, 'succeeded', 'u' || i % 500, ${now} - i * interval '10 seconds',
      ${now} - i * interval '10 seconds', 1, 10, now(), '{}', now()
    FROM generate_series(1, 40000) i;
    INSERT INTO journey_alias SELECT environment, id, key FROM journey;
    INSERT INTO connection_interval (environment, instance, connection_id, n, user_id, opened_at, closed_at)
    SELECT 'prod', '', 'c' || i, 0, 'u' || i % 5000, ${now} - i * interval '8 seconds',
      CASE WHEN i % 100 > 0 THEN ${now} - i * interval '8 seconds' + interval '1 minute' END
    FROM generate_series(1, 40000) i;
    INSERT INTO incident (id, environment, rule, severity, router, first_seen_at, last_seen_at)
    SELECT md5(i::text), 'prod', 'wrong_recipient', 'critical', 'R' || i, now(), now() - i * interval '1 second' FROM generate_series(1, 20000) i;
    ANALYZE;`);
});
afterAll(() => db.drop());

const prefixed = (text: string, prefix: string) => [text, prefixValues(["prod"], prefix, 9)] as const;

it.each<[string, readonly [string, unknown[]], string[]]>([
  [
    "users",
    prefixed(FIND_USERS_SQL, "u1"),
    [
      "connection_interval_user_idx",
      "connection_interval_user_prefix_idx",
      "journey_owner_idx",
      "telemetry_event_user_idx",
    ],
  ],
  [
    "runs and requests",
    prefixed(FIND_JOURNEYS_SQL, "r1"),
    ["journey_alias_prefix_idx", "journey_pkey", "telemetry_event_run_idx"],
  ],
  [
    "messages",
    prefixed(FIND_MESSAGES_SQL, "m1"),
    ["connection_interval_id_idx", "journey_alias_prefix_idx", "journey_pkey", "telemetry_event_message_idx"],
  ],
  [
    "connections",
    prefixed(FIND_CONNECTIONS_SQL, "c1"),
    ["connection_interval_id_idx", "telemetry_event_connection_idx"],
  ],
  [
    "threads",
    prefixed(FIND_THREADS_SQL, "t1"),
    ["journey_alias_prefix_idx", "journey_pkey", "telemetry_event_thread_received_idx"],
  ],
  ["incidents", [FIND_INCIDENTS_SQL, [["prod"], "0a", "0ag", 9]], ["incident_pkey"]],
])("%s are found by indexes alone, in every partition", async (_name, [text, values], wanted) => {
  const { indexes, scans } = await planOf(db, text, values);
  expect(scans).toEqual([]);
  expect(indexes).toEqual(wanted);
});

it("an id of very many rows is skipped, not read", async () => {
  await db.pool.query(`
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, message_id, outcome, scope)
    SELECT 'prod', 'x' || i, to_timestamp(${nowMs / 1000}), now(), 'emitted', 'x1', 'ok', 'user' FROM generate_series(1, 20000) i;
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, message_id, outcome, scope)
    SELECT 'prod', 'y', to_timestamp(${nowMs / 1000}), now(), 'emitted', 'x2', 'ok', 'user';
    ANALYZE telemetry_event;`);
  const [text, values] = prefixed(FIND_MESSAGES_SQL, "x");
  const { rows } = await db.pool.query<{
    "QUERY PLAN": [{ Plan: { "Shared Hit Blocks": number; "Shared Read Blocks": number } }];
  }>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, [...values]);
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  expect((plan?.["Shared Hit Blocks"] ?? 0) + (plan?.["Shared Read Blocks"] ?? 0)).toBeLessThan(400);
});
