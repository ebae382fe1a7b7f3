import { afterAll, beforeAll, expect, it } from "vitest";
import { planOf } from "../testing/explain";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { RESOLVED_ALERTS } from "./alert-lists";
import { DROP_ALERTS, SAVE_ALERTS, STANDING_ALERTS } from "./alerts";
import {
  ALERTED_ENVIRONMENTS,
  LAST_EVALUATIONS,
  RULE_CHANGES,
  SAVE_EVALUATIONS,
  STANDING_SILENCES,
} from "./rule-state";
import { WATCHED_INCIDENTS } from "./watched-incidents";

const NOW_MS = Date.UTC(2026, 10, 20, 12);
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
    INSERT INTO alert_rule (environment, rule, enabled, revision, changed_at, changed_by)
    SELECT 'e' || i, 'watchdog', true, 1, ${now}, '' FROM generate_series(1, 5000) i;
    INSERT INTO alert_evaluation (environment, rule, evaluated_at, readings)
    SELECT 'e' || i, 'watchdog', ${now}, '[]' FROM generate_series(1, 5000) i;`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

it.each([
  ["alerts that stand are read", STANDING_ALERTS, ["e0"], ["alert_standing_key"]],
  ["alerts are saved", SAVE_ALERTS, ["[]"], ["alert_pkey"]],
  ["alerts are dropped", DROP_ALERTS, [["a1", "a2"]], ["alert_pkey"]],
  ["environments with alerts are found", ALERTED_ENVIRONMENTS, [], ["alert_standing_key"]],
  [
    "alerts that ended are listed",
    RESOLVED_ALERTS,
    [["e1", "e2"], null, "2026-11-20T00:00:00Z", "a5", 51],
    ["alert_resolved_idx"],
  ],
  ["rules are read", RULE_CHANGES, ["e1"], ["alert_rule_pkey"]],
  ["silences that stand are read", STANDING_SILENCES, ["e1", NOW_MS], ["alert_silence_ends_idx"]],
  ["evaluations are saved", SAVE_EVALUATIONS, ["e1", NOW_MS, "[]"], ["alert_evaluation_pkey"]],
  ["evaluations are read", LAST_EVALUATIONS, [["e1", "e2"]], ["alert_evaluation_pkey"]],
  ["incidents are watched", WATCHED_INCIDENTS, ["e0", ["i1", "i2"]], ["incident_open_idx", "incident_pkey"]],
] as const)("%s by their index", async (_what, text, values, indexes) => {
  expect(await planOf(db, text, values)).toEqual({ indexes, scans: [] });
});
