import { afterAll, beforeAll, expect, it } from "vitest";
import { conflictWindows, ruleWindows } from "@/domain/slo/count-windows";
import { RENAME_SILENCES, SILENCES_NAMING } from "../erasure/rename-silences";
import { ROUTED_COUNTS_SQL, SLO_COUNTS_SQL } from "../reading/slo-counts";
import { planOf } from "../testing/explain";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { COUNT_FIRING, RESOLVED_ALERTS } from "./alert-lists";
import { DROP_ALERTS, SAVE_ALERTS, STANDING_ALERTS } from "./alerts";
import { CONFLICTS_SQL, FIRST_COUNTED_SQL, JUDGE_LAGS_SQL } from "./rule-inputs";
import {
  ALERTED_ENVIRONMENTS,
  LAST_EVALUATIONS,
  LAST_LOOKS,
  RULE_CHANGES,
  SAVE_EVALUATIONS,
  STANDING_SILENCES,
} from "./rule-state";
import { READ_RULES, SAVE_RULE } from "./rules";
import { EXPIRE_SILENCE, LIST_SILENCES, READ_SILENCE } from "./silences";
import { READ_TARGETS, SAVE_TARGETS } from "./slo-targets";
import { WATCHED_INCIDENTS } from "./watched-incidents";

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const WINDOWS = JSON.stringify(ruleWindows(NOW_MS));
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  const now = `to_timestamp(${NOW_MS / 1000})`;
  await db.pool.query(`
    INSERT INTO incident (id, environment, rule, severity, router, status, first_seen_at, last_seen_at)
    SELECT 'i' || i, 'e' || i % 20, 'wrong_recipient', 'critical', 'R' || i,
      CASE WHEN i % 100 = 0 THEN 'open' ELSE 'resolved' END, ${now} - i * interval '1 minute', ${now}
    FROM generate_series(1, 20000) i;
    INSERT INTO alert (id, environment, rule, fingerprint, phase, severity, labels, summary, path, pending_since, resolved_at)
    SELECT 'a' || i, 'e' || i % 20, 'open_incident', 'f' || i, CASE WHEN i % 100 = 0 THEN 'firing' ELSE 'resolved' END,
      'critical', '{}', '', '', ${now}, CASE WHEN i % 100 = 0 THEN NULL ELSE ${now} - i * interval '1 minute' END
    FROM generate_series(1, 20000) i;
    INSERT INTO alert_silence (id, environment, matchers, comment, starts_at, ends_at, created_at, created_by)
    SELECT 's' || i, 'e' || i % 20, '[]', '', ${now}, ${now} - i * interval '1 hour', ${now}, '' FROM generate_series(1, 20000) i;
    INSERT INTO slo_targets (environment, targets, revision, changed_at, changed_by)
    SELECT 'e' || i, '{}', 1, ${now}, '' FROM generate_series(1, 5000) i;
    INSERT INTO journey (environment, key, id, status, started_at, last_event_at, policy_version, event_count, judged_at,
      verdict, contribution_minute, findings)
    SELECT 'e' || i % 4, 'r:' || i, i, 'succeeded', ${now} - i * interval '5 seconds', ${now}, 1, 1, ${now}, '{}', ${now},
      CASE WHEN i % 50 = 0 THEN ARRAY['router_conflict'] ELSE '{}' END FROM generate_series(1, 20000) i;
    INSERT INTO dirty_mark (kind, environment, key) SELECT 'run', 'e' || i % 4, i FROM generate_series(1, 50000) i;
    INSERT INTO rollup (environment, grain, bucket, metric, n)
    SELECT 'e' || i % 2, CASE WHEN i % 10 = 0 THEN 'hour' ELSE 'minute' END, ${now} - i / 20 * interval '1 minute',
      CASE i % 4 WHEN 0 THEN 'status/failed' WHEN 1 THEN 'latency/' WHEN 2 THEN 'funnel/' ELSE 'conn/' END || i % 20, 1
    FROM generate_series(1, 60000) i;
    INSERT INTO router_rollup (environment, grain, kind, router, bucket, name, n)
    SELECT 'e' || i % 2, CASE WHEN i % 10 = 0 THEN 'hour' ELSE 'minute' END, 'message', 'R' || i % 5,
      ${now} - i / 20 * interval '1 minute', '["' || i % 20 || '"]', 1 FROM generate_series(1, 60000) i
    ON CONFLICT DO NOTHING;
    INSERT INTO rollup_delta (environment, minute, metric, n)
    SELECT 'e' || i % 50, ${now} - i * interval '1 minute', 'status/failed', 1 FROM generate_series(1, 20000) i;
    INSERT INTO alert_rule (environment, rule, enabled, revision, changed_at, changed_by)
    SELECT 'e' || i, 'watchdog', true, 1, ${now}, '' FROM generate_series(1, 5000) i;
    INSERT INTO alert_evaluation (environment, rule, evaluated_at, readings)
    SELECT 'e' || i, 'watchdog', ${now}, '[]' FROM generate_series(1, 5000) i;`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

it.each([
  ["alerts that stand are read", STANDING_ALERTS, [["e0"]], ["alert_standing_key"]],
  ["alerts are saved", SAVE_ALERTS, ["[]"], ["alert_pkey"]],
  ["alerts are dropped", DROP_ALERTS, [["a1", "a2"]], ["alert_pkey"]],
  ["environments with alerts are found", ALERTED_ENVIRONMENTS, [], ["alert_standing_key"]],
  [
    "alerts that ended are listed",
    RESOLVED_ALERTS,
    [["e1", "e2"], null, "2026-11-20T00:00:00Z", "a5", 51],
    ["alert_resolved_idx"],
  ],
  ["rules are read", RULE_CHANGES, [["e1"]], ["alert_rule_pkey"]],
  ["silences that stand are read", STANDING_SILENCES, ["e1", NOW_MS], ["alert_silence_ends_idx"]],
  ["evaluations are saved", SAVE_EVALUATIONS, ["e1", NOW_MS, "[]"], ["alert_evaluation_pkey"]],
  ["evaluations are read", LAST_EVALUATIONS, [["e1", "e2"]], ["alert_evaluation_pkey"]],
  ["alerts that fire are counted", COUNT_FIRING, [["e1", "e2"]], ["alert_standing_key"]],
  ["last looks are read", LAST_LOOKS, ["e1"], ["alert_evaluation_pkey"]],
  [
    "silences are listed",
    LIST_SILENCES,
    [["e1", "e2"], new Date(NOW_MS), null, null, null, 51],
    ["alert_silence_ends_idx"],
  ],
  ["a silence is read", READ_SILENCE, ["s1", ["e1"]], ["alert_silence_pkey"]],
  ["a silence is ended", EXPIRE_SILENCE, ["s1", ["e1"], NOW_MS, "Ada"], ["alert_silence_pkey"]],
  ["silences that name a user are found", SILENCES_NAMING, ["e1", "u1"], ["alert_silence_ends_idx"]],
  ["silences are renamed", RENAME_SILENCES, ['[{"id":"s1"},{"id":"s2"}]'], ["alert_silence_pkey"]],
  ["rules are looked at", READ_RULES, ["e1"], ["alert_evaluation_pkey", "alert_rule_pkey"]],
  [
    "a rule is saved",
    SAVE_RULE,
    ["e1", "watchdog", true, null, null, null, null, 1, NOW_MS, "Ada"],
    ["alert_rule_pkey"],
  ],
  ["targets are read", READ_TARGETS, [["e1"]], ["slo_targets_pkey"]],
  ["targets are saved", SAVE_TARGETS, ["e1", "{}", 1, NOW_MS, "Ada"], ["slo_targets_pkey"]],
  ["conflicts are counted", CONFLICTS_SQL, [["e0"], JSON.stringify(conflictWindows(NOW_MS))], ["journey_conflict_idx"]],
  ["the first counters are found", FIRST_COUNTED_SQL, [["e0", "e1"]], ["rollup_pkey"]],
  ["the oldest marks are found", JUDGE_LAGS_SQL, [], ["dirty_mark_due_idx"]],
  ["counters are summed", SLO_COUNTS_SQL, [["e0"], WINDOWS], ["rollup_delta_minute_idx", "rollup_pkey"]],
  [
    "messages of routers are summed",
    ROUTED_COUNTS_SQL,
    [["e0"], WINDOWS],
    ["rollup_delta_minute_idx", "router_rollup_pkey"],
  ],
  ["incidents are watched", WATCHED_INCIDENTS, ["e0", ["i1", "i2"], NOW_MS], ["incident_open_idx", "incident_pkey"]],
] as const)("%s by their index", async (_what, text, values, indexes) => {
  expect(await planOf(db, text, values)).toEqual({ indexes, scans: [] });
});
