/** Every raw query of this folder on filled tables: which indexes it relies on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as batch from "./batch-rows";
import { FILES_GONE_SQL } from "./campaign-evidence";
import { CANARY_OWNERS_SQL, LIST_CANARIES_SQL } from "./canaries";
import * as derived from "./clean-derived";
import { LEFT_BEHIND } from "./drop-day";
import { eventRows, INSERT_EVENTS, INSERT_NEW_EVENTS, STORED_IDS } from "./event-rows";
import { JOURNEYS_SINCE, LOOSE_SINCE } from "./mark-since";
import { DAY_MS } from "./partition-days";
import { ensurePartitions, FIND_TABLE, LIST_PARTITIONS } from "./partitions";
import { PARTITION_SIZES } from "./retention";
import { INSERT_POLICY, NEWEST_POLICY, OWN_POLICIES } from "./save-policy";
import { SCAN_FILE_SQL } from "./scan-files";
import { buildEvent } from "./testing/build-event";
import { planOf } from "./testing/explain";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let db: TestDatabase;
const nowMs = Date.UTC(2026, 10, 21, 12);

beforeAll(async () => {
  db = await createTestDatabase();
  await ensurePartitions(db, nowMs, nowMs - 14 * DAY_MS, nowMs);
  const now = `to_timestamp(${nowMs / 1000})`;
  await db.pool.query(`
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, outcome, scope)
    SELECT 'prod', 'e' || i, ${now} - i * interval '15 seconds', now(), 'state', 'ok', 'user' FROM generate_series(1, 60000) i;
    INSERT INTO journey (environment, key, id, status, started_at, last_event_at, policy_version, event_count, judged_at,
      verdict, contribution_minute, frozen)
    SELECT CASE WHEN i % 2 = 0 THEN 'prod' ELSE 'test' END, 'r:' || i, i, 'succeeded', ${now} - i * interval '2 minutes',
      ${now} - i * interval '2 minutes', 1, 1, now(), '{}', now(), i > 15000 FROM generate_series(1, 20000) i;
    INSERT INTO journey_alias SELECT environment, id, key FROM journey;
    INSERT INTO source (id, environment, url, state) SELECT 's' || i, 'prod', '', '' FROM generate_series(1, 2000) i;
    INSERT INTO quality_note SELECT 'prod', 's' || i, '', 'no_run_id', 1, now(), now() FROM generate_series(1, 5000) i;`);
  await db.pool.query(`
    INSERT INTO policy (environment, version, body, created_by, valid_from)
    SELECT 'e' || i / 10, i, '{}', '', now() FROM generate_series(1, 5000) i;
    INSERT INTO canary (id, environment, user_id, token_hash, created_at, created_by)
    SELECT i, 'prod', 'u' || i, 'h' || i, ${now} - i * interval '1 minute', '' FROM generate_series(1, 20000) i;
    INSERT INTO scan (id, config_hash, committed_at, uploaded_at, uploaded_by, files, not_analysed, report, paths)
    SELECT 's' || i, 'c', now(), now(), '', 1, 0, '{}', ARRAY['app/a.py', 'b.py'] FROM generate_series(1, 2000) i;
    INSERT INTO loose_message (environment, key, contribution_minute, judged_at)
    SELECT 'e' || i / 100, 'm:' || i, ${now}, now() FROM generate_series(1, 20000) i;`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

const rows = eventRows(Array.from({ length: 500 }, (_, i) => buildEvent({ environment: "prod", id: `e${i * 50}` })));
const note = {
  environment: "prod",
  service: "s1",
  instance: "",
  code: "no_run_id",
  count: 1,
  atMs: nowMs,
  sample: "x",
};
const mark = { kind: "run", environment: "prod", key: "r" };

const cases: [string, string, unknown[], string[]][] = [
  ["INSERT_EVENTS", INSERT_EVENTS.text, [rows], ["telemetry_event_pkey"]],
  ["INSERT_NEW_EVENTS", INSERT_NEW_EVENTS.text, [rows], []],
  ["STORED_IDS", STORED_IDS.text, ["prod", ["e1", "e2", "e59999"]], ["telemetry_event_pkey"]],
  ["INSERT_MARKS", batch.INSERT_MARKS.text, [JSON.stringify([mark])], []],
  ["UPSERT_NOTES", batch.UPSERT_NOTES.text, [JSON.stringify([note])], ["quality_note_pkey"]],
  ["ADVANCE_SOURCE", batch.ADVANCE_SOURCE.text, ["s1", "c", 1, 0, 0, nowMs, nowMs], ["source_pkey"]],
  ["JOURNEY_ENVIRONMENTS", derived.JOURNEY_ENVIRONMENTS, [], ["journey_pkey"]],
  ["FREEZE_JOURNEYS", derived.FREEZE_JOURNEYS, ["prod", nowMs - 20 * DAY_MS], ["journey_status_idx"]],
  [
    "DELETE_JOURNEYS",
    derived.DELETE_JOURNEYS,
    ["prod", nowMs - 27 * DAY_MS],
    ["journey_alias_key_idx", "journey_pkey", "journey_started_idx"],
  ],
  ["NEWEST_POLICY", NEWEST_POLICY, ["e1"], ["policy_pkey"]],
  ["INSERT_POLICY", INSERT_POLICY, ["e1", "{}", "{}", "", null], ["policy_version_key"]],
  ["OWN_POLICIES", OWN_POLICIES, [], ["policy_pkey"]],
  ["JOURNEYS_SINCE", JOURNEYS_SINCE, [["prod"], nowMs - 3_600_000], ["journey_started_idx"]],
  ["LOOSE_SINCE", LOOSE_SINCE, [["e1"], nowMs - 3_600_000], ["loose_message_pkey"]],
  [
    "CANARY_OWNERS_SQL",
    CANARY_OWNERS_SQL,
    [
      ["prod", "prod"],
      ["h1", "h2"],
    ],
    ["canary_token_key"],
  ],
  ["FILES_GONE_SQL", FILES_GONE_SQL, [["s1", "s2"], ["b.py"]], ["scan_pkey"]],
  ["SCAN_FILE_SQL", SCAN_FILE_SQL, ["s1", "app/gone.py", "app/", 10], ["scan_pkey"]],
  ["LIST_CANARIES_SQL", LIST_CANARIES_SQL, [null, "2026-11-20T00:00:00Z", "k", 50], ["canary_created_idx"]],
  ["LIST_PARTITIONS", LIST_PARTITIONS, [], ["pg_inherits_parent_index"]],
  ["PARTITION_SIZES", PARTITION_SIZES, [], ["pg_inherits_parent_index"]],
  ["FIND_TABLE", FIND_TABLE, ["telemetry_event_20261121"], ["pg_class_oid_index", "pg_inherits_relid_seqno_index"]],
  ["LEFT_BEHIND", LEFT_BEHIND, [], ["pg_class_relname_nsp_index"]],
];

describe("raw queries", () => {
  test.each(cases)("%s reads by its index, and no table whole", async (_, text, values, indexes) => {
    const plan = await planOf(db, text, values);
    expect(plan.indexes).toEqual(expect.arrayContaining(indexes));
    expect(plan.scans).toEqual([]);
  });
});
