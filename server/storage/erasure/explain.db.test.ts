import { afterAll, beforeAll, expect, it } from "vitest";
import { LIST_KEYS_SQL } from "../access-keys";
import { ensurePartitions } from "../partitions";
import { planOf } from "../testing/explain";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { COLLECT_CLAIMS, IS_NAMED, RENAME_EVENTS, renameEventsParameters } from "./found-events";
import { RENAME_TARGETS } from "./rename-audit";
import { JOURNEYS_NAMING, READ_VERDICTS, RENAME_VERDICTS } from "./rename-journeys";
import {
  NOTES_NAMING,
  RENAME_CANARIES,
  RENAME_CONNECTIONS,
  RENAME_INCIDENTS,
  RENAME_NOTES,
  RENAME_OCCURRENCES,
} from "./rename-state";

const NOW_MS = Date.UTC(2026, 10, 20, 12);
let db: TestDatabase;

beforeAll(async () => {
  // One connection: the list of events to rename belongs to a session.
  db = await createTestDatabase({ poolSize: 1 });
  await ensurePartitions(db, NOW_MS, NOW_MS - 86_400_000, NOW_MS);
  const now = `to_timestamp(${NOW_MS / 1000})`;
  await db.pool.query(`
    CREATE TEMP TABLE erasure_found (n bigserial PRIMARY KEY, environment text NOT NULL, id text NOT NULL, time timestamptz NOT NULL);
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, user_id, outcome, scope)
    SELECT 'prod', 'e' || i, ${now} - i * interval '2 seconds', now(), 'emitted', 'u' || i % 500, 'ok', 'user'
    FROM generate_series(1, 40000) i;
    INSERT INTO erasure_found (environment, id, time) SELECT environment, id, time FROM telemetry_event WHERE user_id = 'u1';
    INSERT INTO journey (environment, key, id, status, owner, started_at, last_event_at, policy_version, event_count,
      judged_at, verdict, contribution_minute)
    SELECT 'prod', 'r:' || i, i, 'succeeded', 'u' || i % 500, ${now}, ${now}, 1, 10, now(), '{}', now()
    FROM generate_series(1, 20000) i;
    INSERT INTO connection_interval (environment, instance, connection_id, n, user_id, bindings)
    SELECT 'prod', '', 'c' || i, 0, 'u' || i % 5000, '[{"userId":"a"},{"userId":"b"}]' FROM generate_series(1, 20000) i;
    INSERT INTO incident (id, environment, rule, severity, router, first_seen_at, last_seen_at)
    SELECT 'i' || i, 'prod', 'wrong_recipient', 'critical', 'r' || i, ${now}, ${now} FROM generate_series(1, 2000) i;
    INSERT INTO occurrence (environment, key, incident_id, subject, rule, severity, router, event_ids, occurred_at)
    SELECT 'prod', 'o' || i, 'i1', 's', 'wrong_recipient', 'critical', 'r', '{}', ${now} FROM generate_series(1, 5000) i;
    INSERT INTO incident_history (incident_id, at, action, actor_kind, note)
    SELECT 'i' || (1 + i % 2000), ${now}, 'noted', 'session', 'seen by u' || i FROM generate_series(1, 10000) i;
    INSERT INTO audit_entry (at, last_at, action, actor_kind, actor_id, actor_name, target)
    SELECT ${now}, ${now}, 'timeline_read', 'key', 'k', 'k', 'u' || i FROM generate_series(1, 5000) i;
    INSERT INTO canary (id, environment, user_id, token_hash, created_by)
    SELECT i, 'prod', 'u' || i, 'h' || i, '' FROM generate_series(1, 5000) i;
    INSERT INTO access_key (id, name, hash, role, environments, created_at)
    SELECT i, 'k', 'h' || i, 'read', '{prod}', ${now} - i * interval '1 minute' FROM generate_series(1, 5000) i`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

const renamed = (rows: object[]) => JSON.stringify(rows);

it.each([
  ["claims are collected", COLLECT_CLAIMS, ["prod", "u1"], ["telemetry_event_user_idx"]],
  ["a claim is looked for", IS_NAMED, ["prod", "u1"], ["telemetry_event_user_idx"]],
  ["journeys are gone through", JOURNEYS_NAMING, ["prod", "r:5", "u1", "u1"], ["journey_pkey"]],
  ["verdicts are read", READ_VERDICTS, ["prod", ["r:1", "r:2"]], ["journey_pkey"]],
  ["verdicts are renamed", RENAME_VERDICTS, ["prod", renamed([{ key: "r:1", verdict: {} }])], ["journey_pkey"]],
  ["leaks are renamed", RENAME_OCCURRENCES, ["prod", renamed([{ key: "o1", new_key: "o" }])], ["occurrence_pkey"]],
  ["notes are renamed", RENAME_NOTES, [renamed([{ seq: 1, note: "a" }])], ["incident_history_pkey"]],
  ["canaries are renamed", RENAME_CANARIES, ["prod", "u1", "x"], ["canary_user_idx"]],
  ["targets are renamed", RENAME_TARGETS, ["prod", "u1", "x"], ["audit_entry_target_idx"]],
  ["keys are listed", LIST_KEYS_SQL, [null, null, "2026-11-20T00:00:00Z", "k", 50], ["access_key_created_idx"]],
] as const)("%s by their index", async (_what, text, values, indexes) => {
  expect(await planOf(db, text, values)).toMatchObject({ indexes, scans: [] });
});

it("connections are found by user, also where they are shared", async () => {
  const { indexes, scans } = await planOf(db, RENAME_CONNECTIONS, ["prod", "u1", "x"]);
  expect(indexes).toEqual([
    "connection_interval_bindings_idx",
    expect.stringMatching(/^connection_interval_user_(prefix_)?idx$/),
  ]);
  expect(scans).toEqual([]);
});

it("incidents, which are few, may be read whole", async () => {
  const notes = await planOf(db, NOTES_NAMING, ["prod", "u1"]);
  expect(notes.indexes).toContain("incident_history_incident_idx");
  expect(notes.scans).not.toContain("incident_history");
  expect((await planOf(db, RENAME_INCIDENTS, ["prod", "u1", "x"])).scans).not.toContain("occurrence");
});

it("what was collected is renamed by its key, partition by partition", async () => {
  const client = await db.pool.connect();
  await client.query("SET enable_hashjoin = off; SET enable_mergejoin = off");
  client.release();
  const { indexes, scans } = await planOf(db, RENAME_EVENTS, renameEventsParameters(0, "u1", "x"));
  expect(indexes).toContain("telemetry_event_pkey");
  expect(scans).not.toContain("telemetry_event");
});
