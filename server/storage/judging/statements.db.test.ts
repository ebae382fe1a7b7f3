import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensurePartitions } from "../partitions";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import * as connections from "./connections";
import * as contents from "./contents";
import * as contributions from "./contribution-pages";
import * as failures from "./failures";
import * as fanOut from "./fan-out";
import * as incidents from "./incident-states";
import * as journeys from "./journeys";
import { JUDGED_STATE } from "./judged-state";
import * as context from "./load-context";
import { LOAD_EACH, LOAD_EVENTS, LOAD_MISSING, LOAD_OVERSIZED, LOAD_REFERENCES } from "./load-events";
import * as intervals from "./load-intervals";
import * as locks from "./locks";
import * as loose from "./loose-messages";
import * as marks from "./marks";
import * as occurrences from "./occurrences";
import { NEWER_POLICIES } from "./policy-book";
import { TRY_ALONE } from "./presence";
import * as queue from "./queue-state";
import * as rollups from "./rollups";
import { BEGIN_JUDGING, type Statement } from "./transaction";
import * as pages from "./verify-pages";

let db: TestDatabase;
const atMs = Date.UTC(2026, 0, 5, 12);
const ids = Array.from({ length: 20 }, (_, i) => ({
  n: i,
  at: i,
  environment: "prod",
  id: `x${i}`,
  key: `x${i}`,
  subject: `x${i}`,
  kind: "run",
  instance: "",
  connectionId: `x${i}`,
  fromMs: atMs - 5_000,
  toMs: atMs + 5_000,
  alias: `x${i}`,
  hash: `x${i}`,
  message: "x0",
}));
const list = JSON.stringify(ids);
const names = ids.map(({ id }) => id);
const lookups = JSON.stringify(
  ids.map(({ n, environment, id }) => ({
    n,
    environment,
    id,
    by: ["run", "message", "reply", "event", "stray", "outbound"][n % 6],
  })),
);

beforeAll(async () => {
  db = await createTestDatabase();
  await ensurePartitions(db, atMs, atMs, atMs);
  const at = `to_timestamp(${atMs / 1000})`;
  await db.pool.query(`
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, type, run_id, message_id, in_reply_to, user_id,
      connection_id, thread_id, outcome, scope, payload_hash)
    SELECT 'prod', 'x' || i, ${at} + i * interval '1 ms', now(),
      (ARRAY['received', 'sent', 'acked', 'connection_opened', 'emitted'])[1 + i % 5],
      CASE WHEN i % 40 = 0 THEN 'stop_agent' ELSE 'agent_started' END, CASE WHEN i % 3 > 0 THEN 'x' || (i / 5) END,
      'x' || (i / 2), 'x' || (i / 7), 'x' || (i / 10), 'x' || (i / 10), 'x' || (i / 20), 'ok', 'user',
      CASE WHEN i % 3 = 0 THEN 'x' || (i / 20) END
    FROM generate_series(1, 20000) AS i;
    INSERT INTO journey (environment, key, id, status, owner, started_at, last_event_at, policy_version, event_count,
      next_deadline, judged_at, verdict, contribution_minute, thread_scoped, thread_ids)
    SELECT 'prod', 'x' || i, 'x' || i, 'running', 'x' || (i / 10), ${at} + i * interval '1 s', ${at} + i * interval '1 s', 1,
      1, CASE WHEN i % 10 = 0 THEN ${at} + i * interval '1 s' END, now(), '{}', ${at},
      CASE WHEN i % 50 = 0 THEN ARRAY['x' || i] ELSE '{}' END, ARRAY['x' || i] FROM generate_series(1, 20000) AS i;
    INSERT INTO journey_alias SELECT 'prod', 'x' || i, 'x' || i FROM generate_series(1, 20000) AS i;
    INSERT INTO loose_message (environment, key, contribution_minute, next_deadline, judged_at)
    SELECT 'prod', 'x' || i, ${at}, CASE WHEN i % 10 = 0 THEN ${at} + i * interval '1 s' END, now()
    FROM generate_series(1, 20000) AS i;
    INSERT INTO connection_interval (environment, instance, connection_id, n, opened_at, user_id, bindings)
    SELECT 'prod', '', 'x' || i, 0, ${at}, 'x' || i,
      CASE WHEN i % 100 = 0 THEN '[{"userId":"a"},{"userId":"b"}]'::jsonb ELSE '[]' END FROM generate_series(1, 20000) AS i;
    INSERT INTO connection_summary (environment, instance, connection_id, judged_at)
    SELECT 'prod', '', 'x' || i, now() FROM generate_series(1, 20000) AS i;
    INSERT INTO dirty_mark (kind, environment, key) SELECT 'run', 'prod', 'x' || i FROM generate_series(1, 20000) AS i;
    INSERT INTO judge_failure (environment, kind, key, message)
    SELECT 'prod', 'run', 'x' || i, '' FROM generate_series(1, 20000) AS i;
    INSERT INTO incident (id, environment, rule, severity, router, first_seen_at, last_seen_at)
    SELECT 'x' || i, 'prod', 'r', 'critical', 'x' || i, now(), now() FROM generate_series(1, 5000) AS i;
    INSERT INTO occurrence (environment, key, incident_id, subject, rule, severity, router, event_ids, occurred_at)
    SELECT 'prod', 'x' || i, 'x' || (1 + i / 5), 'x' || i, 'r', 'critical', '', '{}', now()
    FROM generate_series(1, 20000) AS i;
    INSERT INTO source (id, environment, url, state) SELECT 'x' || i, 'prod', '', '' FROM generate_series(1, 2000) AS i;
    INSERT INTO source_outage (source_id, kind, from_at)
    SELECT 'x' || (1 + i / 11), 'gap', ${at} FROM generate_series(1, 20000) AS i;
    INSERT INTO rollup (environment, grain, bucket, metric, n)
    SELECT 'prod', (ARRAY['minute', 'hour'])[1 + i % 2], ${at}, 'm' || i, 1 FROM generate_series(1, 20000) AS i;
    INSERT INTO rollup_delta (environment, minute, metric, n)
    SELECT 'prod', ${at}, 'm' || i, 1 FROM generate_series(1, 20000) AS i;
    INSERT INTO policy SELECT 'x' || (i / 10), i, '{}', now(), '', now() FROM generate_series(1, 5000) AS i;
  `);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

/** Inherited indexes carry a partition's columns in their names. */
const ON_EVENTS = {
  run: "environment_run_id",
  message: "environment_message_id",
  reply: "environment_in_reply_to",
  key: "_pkey",
  connection: "environment_connection_id_time",
  user: "environment_user_id_time",
  thread: "environment_thread_id_time",
  routing: "routing_ids",
  content: "environment_payload_hash_time",
};

/** A page begins at its key, not at the first row. */
const AFTER_KEY = "Index Cond: (ROW(environment, ";

const CASES: [Statement, unknown[], string[]][] = [
  [marks.TAKE_MARKS, [100, 0], ["dirty_mark_due_idx", "dirty_mark_pkey"]],
  [marks.DROP_MARKS, [["1"]], ["dirty_mark_pkey"]],
  [marks.ANY_MARK, [], ["dirty_mark_pkey"]],
  [marks.DUE_JOURNEYS, [atMs, 100], ["journey_deadline_idx"]],
  [
    LOAD_EVENTS,
    ["prod", ["x1"], ...Array.from({ length: 6 }, () => names)],
    [ON_EVENTS.run, ON_EVENTS.message, ON_EVENTS.reply, ON_EVENTS.key],
  ],
  [
    LOAD_REFERENCES,
    ["prod", ["x1"], ...Array.from({ length: 6 }, () => names)],
    [ON_EVENTS.run, ON_EVENTS.message, ON_EVENTS.reply, ON_EVENTS.key],
  ],
  [
    LOAD_MISSING,
    ["prod", ["x1"], ...Array.from({ length: 6 }, () => names), ["1", "2"]],
    [ON_EVENTS.run, ON_EVENTS.message, ON_EVENTS.reply, ON_EVENTS.key],
  ],
  [LOAD_EACH, [lookups, 100], [ON_EVENTS.run, ON_EVENTS.message, ON_EVENTS.reply, ON_EVENTS.key]],
  [LOAD_OVERSIZED, [lookups], [ON_EVENTS.run, ON_EVENTS.message, ON_EVENTS.reply, ON_EVENTS.key]],
  [contents.SHARED_CONTENTS, [list], [ON_EVENTS.content]],
  [contents.CONTENT_EVENTS, [list], [ON_EVENTS.content, ON_EVENTS.message]],
  [intervals.INTERVALS_OF_CONNECTIONS, [list], ["connection_interval_id_idx"]],
  [intervals.INTERVALS_OF_USERS, [list], ["connection_interval_user_", "connection_interval_bindings_idx"]],
  [intervals.KNOWN_USERS, [list], ["connection_interval_user_", "connection_interval_bindings_idx"]],
  [context.STOPS_OF_THREADS, [list], [ON_EVENTS.thread]],
  [context.RECEIVED_IN_THREADS, [list], [ON_EVENTS.thread]],
  [context.OUTAGES_OF_SOURCES, [["x1"], atMs], ["source_outage_source_idx"]],
  [NEWER_POLICIES, [4990], ["policy_version_key"]],
  [connections.CONNECTION_EVENTS, [list], [ON_EVENTS.connection]],
  [connections.FIRST_ACKS, [list], [ON_EVENTS.connection]],
  [connections.CONNECTION_SUMMARIES, [list], ["connection_summary_pkey"]],
  [connections.DELETE_INTERVALS, [list], ["connection_interval_"]],
  [journeys.PREVIOUS_JOURNEYS, [list], ["journey_pkey", "journey_alias_key_idx"]],
  [journeys.ALIASES_OF_KEYS, [list], ["journey_alias_key_idx"]],
  [journeys.DELETE_JOURNEYS, [list], ["journey_pkey"]],
  [journeys.CLEAR_DEADLINES, [list], ["journey_pkey"]],
  [journeys.DELETE_ALIASES, [list], ["journey_alias_"]],
  [loose.PREVIOUS_LOOSE, [list], ["loose_message_pkey"]],
  [loose.DELETE_LOOSE, [list], ["loose_message_pkey"]],
  [occurrences.STORED_OCCURRENCES, [list], ["occurrence_subject_idx", "occurrence_pkey"]],
  [occurrences.WITHDRAW_OCCURRENCES, [list, atMs], ["occurrence_pkey"]],
  [occurrences.RECOUNT_INCIDENTS, [list, atMs], ["incident_pkey", "occurrence_incident_idx"]],
  [incidents.READ_STATE, ["x1", ["prod"]], ["incident_pkey"]],
  [incidents.SET_STATES, [list, atMs], ["incident_pkey"]],
  [rollups.FOLD_DELTAS, [100], ["rollup_delta_pkey"]],
  [
    fanOut.MARK_CONNECTIONS,
    [list],
    [ON_EVENTS.connection, "dirty_mark_subject_idx", "journey_alias_", "journey_pkey", "loose_message_pkey"],
  ],
  [fanOut.MARK_THREADS_OF_CONNECTIONS, [list], [ON_EVENTS.connection]],
  [fanOut.MARK_USERS, [list], ["journey_owner_idx", "dirty_mark_subject_idx"]],
  [fanOut.MARK_CLAIMS, [list], [ON_EVENTS.user, ON_EVENTS.routing, "dirty_mark_subject_idx"]],
  [fanOut.MARK_THREADS, ["prod", names], ["journey_thread_scoped_idx"]],
  [fanOut.MARK_STOPS, [list], [ON_EVENTS.key, ON_EVENTS.thread, "connection_interval_id_idx", "journey_owner_idx"]],
  [failures.CLEAR_FAILURES, [list], ["judge_failure_pkey"]],
  [journeys.UPSERT_JOURNEYS, [list, atMs], ["journey_pkey"]],
  [occurrences.UPSERT_OCCURRENCES, [list], ["occurrence_pkey", ON_EVENTS.key]],
  [JUDGED_STATE, [null], ["dirty_mark_due_idx"]],
  [pages.EVENT_PAGE, ["prod", "x1", "99999999", 100], [ON_EVENTS.key, AFTER_KEY]],
  [pages.STORED_VERDICTS, [list], ["journey_pkey"]],
  [pages.JOURNEY_PAGE, ["prod", "x1", 100], ["journey_pkey", AFTER_KEY]],
  [pages.CONNECTION_PAGE, ["prod", "", "x1", 100], ["connection_summary_pkey", AFTER_KEY]],
  [contributions.JOURNEY_CONTRIBUTIONS, ["prod", "x1", 100], ["journey_pkey", AFTER_KEY]],
  [contributions.LOOSE_CONTRIBUTIONS, ["prod", "x1", 100], ["loose_message_pkey", AFTER_KEY]],
  [contributions.CONNECTION_CONTRIBUTIONS, ["prod", "", "x1", 100], ["connection_summary_pkey", AFTER_KEY]],
  [queue.NEWEST_MARK, [], ["dirty_mark_pkey"]],
  [queue.MARKS_LEFT, ["100", 1_000], ["dirty_mark_pkey"]],
  [queue.WAITING_MARKS, ["prod", ["thread"], JSON.stringify([{ kind: "run", key: "x1" }])], ["dirty_mark_pkey"]],
  [pages.COUNTER_TOTALS, ["minute"], ["rollup_pkey", "rollup_delta_"]],
];

/** Writes that search no table by anything but a unique key, and statements that touch no table. */
const WRITES: [Statement, unknown[]][] = [
  [marks.ADD_MARKS, [JSON.stringify([{ kind: "run", environment: "e", key: "k", delay: 5 }])]],
  [
    connections.INSERT_INTERVALS,
    [JSON.stringify([{ environment: "e", instance: "", connectionId: "c", n: 0, bindings: [], acks: true }])],
  ],
  [
    connections.UPSERT_SUMMARIES,
    [JSON.stringify([{ environment: "e", instance: "", connectionId: "c", contribution: [] }]), atMs],
  ],
  [journeys.INSERT_ALIASES, [JSON.stringify([{ environment: "e", key: "k", alias: "a" }])]],
  [
    loose.UPSERT_LOOSE,
    [JSON.stringify([{ environment: "e", key: "k", contribution: { minuteMs: 0, metrics: {} } }]), atMs],
  ],
  [failures.SET_ASIDE, [JSON.stringify([{ environment: "e", kind: "run", key: "k", message: "m" }])]],
  [rollups.APPEND_DELTAS, [JSON.stringify([{ environment: "e", minuteMs: 0, metric: "m", n: 1 }])]],
  [rollups.FOLD_LOCK, []],
  [fanOut.SNAPSHOT, []],
  [pages.NEWEST_EVENT, []],
  [TRY_ALONE, []],
  [locks.LOCK_ALL, [JSON.stringify(["1", "2"])]],
  [locks.TRY_LOCKS, [JSON.stringify(["1", "2"])]],
  [incidents.ADD_HISTORY, [JSON.stringify([{ id: "x1", action: "detected", detail: {} }]), atMs, "judge", null]],
  [
    occurrences.ENSURE_INCIDENTS,
    [JSON.stringify([{ id: "i", environment: "e", rule: "r", severity: "critical", router: "", occurredAtMs: atMs }])],
  ],
];

describe("every query of the judge uses an index on filled tables", () => {
  it.each(CASES)("$name", async ({ text }, values, indexes) => {
    const client = await db.pool.connect();
    await client.query(BEGIN_JUDGING);
    const { rows } = await client.query<Record<string, string>>({ text: `EXPLAIN ${text}`, values });
    await client.query("ROLLBACK");
    client.release();
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    for (const index of indexes) expect(plan).toContain(index);
    expect(plan).not.toContain("Seq Scan");
  });
});

describe("every write of the judge is accepted by the database", () => {
  it.each(WRITES)("$name", async (statement, values) => {
    await expect(db.pool.query({ text: statement.text, values })).resolves.toBeDefined();
  });
});

const isStatement = (value: unknown): value is Statement =>
  typeof value === "object" && value !== null && "name" in value && "text" in value;

it("every statement that a module of the judge exports is examined here", async () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /(?<!\.test)\.ts$/.test(file));
  const modules: object[] = await Promise.all(files.map((file) => import(/* @vite-ignore */ `./${file}`)));
  const exported = modules.flatMap((module) =>
    Object.values(module)
      .filter(isStatement)
      .map(({ name }) => name),
  );
  expect([...CASES, ...WRITES].map(([{ name }]) => name).sort()).toEqual(exported.sort());
});
