import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensurePartitions } from "../partitions";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { exportEventsSql } from "./export-events";
import { FIND_JOURNEY_SQL } from "./find-journey";
import { JOURNEY_EVENTS_SQL } from "./journey-events";
import { LIST_ENVIRONMENTS_SQL } from "./list-environments";
import { countJourneysSql, type JourneyFilter, listJourneysSql } from "./list-journeys";
import { LIST_USERS_SQL, SEARCH_USERS_SQL } from "./list-users";
import { NEAR_CONNECTIONS_SQL } from "./near-connections";
import { READ_FAILURES_SQL } from "./read-failures";
import { READ_PRESENCE_SQL } from "./read-presence";
import { READ_ROLLUPS_SQL } from "./read-rollups";
import { USER_TIMELINE_SQL } from "./user-timeline";

let db: TestDatabase;
const nowMs = Date.UTC(2026, 10, 20, 12);
const at = (agoMs: number) => new Date(nowMs - agoMs);
const HOUR = 3_600_000;
/** Tables that the seed fills: only of an empty one is it right to read everything. */
const FILLED = /^(journey|journey_alias|connection_interval|rollup|rollup_delta|telemetry_event_202611(19|20))$/;

beforeAll(async () => {
  db = await createTestDatabase();
  await ensurePartitions(db, nowMs, nowMs - 2 * 24 * HOUR, nowMs);
  const now = `to_timestamp(${nowMs / 1000})`;
  await db.pool.query(`
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, type, user_id, connection_id, run_id, message_id,
      in_reply_to, seq, outcome, scope)
    SELECT CASE WHEN i % 10 = 0 THEN 'other' ELSE 'prod' END, 'e' || i, ${now} - i * interval '1 second', now(), 'emitted',
      'agent_started', 'u' || i % 500, 'c' || i % 5000, CASE WHEN i % 3 > 0 THEN 'r' || i / 10 END, 'm' || i,
      CASE WHEN i % 20 = 0 THEN 'q' || i END, i, 'ok', 'user'
    FROM generate_series(1, 60000) i;
    INSERT INTO journey (environment, key, id, status, owner, started_at, last_event_at, policy_version, broken_finding,
      broken_step, event_count, judged_at, verdict, contribution_minute)
    SELECT CASE WHEN i % 10 = 0 THEN 'other' ELSE 'prod' END, 'r:r' || i, 'r' || i,
      CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'succeeded' END, 'u' || i % 500, ${now} - i * interval '10 seconds',
      ${now} - i * interval '10 seconds', 1, CASE WHEN i % 50 = 0 THEN 'event_lost' END,
      CASE WHEN i % 50 = 0 THEN 'agent_completed' END, 10, now(), '{}', now()
    FROM generate_series(1, 40000) i;
    INSERT INTO journey_alias SELECT environment, id, key FROM journey;
    INSERT INTO connection_interval (environment, instance, connection_id, n, user_id, opened_at, closed_at)
    SELECT 'prod', '', 'c' || i, 0, 'u' || i % 5000, ${now} - i * interval '8 seconds',
      CASE WHEN i % 100 > 0 THEN ${now} - i * interval '8 seconds' + interval '1 minute' END
    FROM generate_series(1, 40000) i;
    INSERT INTO rollup SELECT 'prod', 'minute', ${now} - i * interval '1 minute', 'status/' || s, 5
    FROM generate_series(1, 4000) i, generate_series(1, 10) s;
    INSERT INTO rollup_delta (environment, minute, metric, n)
    SELECT 'prod', ${now} - i * interval '1 minute', 'status/failed', 1 FROM generate_series(1, 4000) i;
    ANALYZE;`);
});
afterAll(() => db.drop());

interface Plan {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

/** Indexes that the plan reads, by the name of the parent's index, and tables that it reads whole. */
async function explain(text: string, values: unknown[]): Promise<{ indexes: string[]; scans: string[] }> {
  const { rows } = await db.pool.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
  const indexes = new Set<string>();
  const scans = new Set<string>();
  const visit = (plan: Plan) => {
    if (plan["Index Name"]) indexes.add(plan["Index Name"].replace(/^telemetry_event_[p]?\d+_/, "telemetry_event_"));
    const table = plan["Node Type"] === "Seq Scan" ? plan["Relation Name"] : undefined;
    if (table && FILLED.test(table)) scans.add(table);
    for (const child of plan.Plans ?? []) visit(child);
  };
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  if (plan) visit(plan);
  return { indexes: [...indexes].sort(), scans: [...scans] };
}

const everything: JourneyFilter = {
  environments: ["prod"],
  statuses: null,
  finding: null,
  user: null,
  router: null,
  versions: null,
  instances: null,
  step: null,
  from: null,
  to: null,
  q: null,
};
const page = (filter: Partial<JourneyFilter>) => {
  const { text, values } = listJourneysSql(
    { ...everything, ...filter },
    { startedAt: at(HOUR).toISOString(), environment: "prod", key: "r:r9" },
    50,
  );
  return [text, values] as const;
};
const count = (filter: Partial<JourneyFilter>) => {
  const { text, values } = countJourneysSql({ ...everything, ...filter }, 10_001);
  return [text, values] as const;
};
const exported = (filter: Record<string, string>) => {
  const query = { environment: "prod", from: at(HOUR), to: at(0), filter };
  const { text, values } = exportEventsSql(query, { id: "e5", at: at(0).toISOString() }, 1_000);
  return [text, values] as const;
};

describe("each raw read finds its rows by an index", () => {
  it.each<[string, readonly [string, unknown[]], string[]]>([
    ["journeys", page({}), ["journey_started_idx"]],
    ["journeys of one status", page({ statuses: ["failed"] }), ["journey_status_idx"]],
    ["journeys of one user", page({ user: "u7" }), ["journey_owner_idx"]],
    ["journeys by id prefix", page({ q: "r123" }), ["journey_alias_prefix_idx"]],
    ["count of an hour", count({ from: at(HOUR), to: at(0) }), ["journey_started_idx"]],
    ["count by id prefix", count({ q: "r1234" }), ["journey_alias_prefix_idx"]],
    ["one journey by any id", [FIND_JOURNEY_SQL, [["prod"], "r77", null]], ["journey_id_idx", "journey_pkey"]],
    ["broken journeys", [READ_FAILURES_SQL, [["prod"], at(HOUR), at(0), 100]], ["journey_broken_idx"]],
    [
      "counters",
      [READ_ROLLUPS_SQL, [["prod"], "minute", at(HOUR), at(0), 60_000, at(2 * HOUR), at(HOUR)]],
      ["rollup_delta_minute_idx", "rollup_pkey"],
    ],
    ["presence", [READ_PRESENCE_SQL, [["prod"]]], ["connection_interval_open_idx"]],
    [
      "connections near a journey",
      [NEAR_CONNECTIONS_SQL, ["prod", ["u7"], ["c9"], at(HOUR), at(0), 200]],
      ["connection_interval_user_idx", "connection_interval_id_idx"],
    ],
    ["users of an hour", [LIST_USERS_SQL, [["prod"], at(HOUR), at(0), null, null, null, 50]], ["journey_started_idx"]],
    [
      "users by the beginning of their id",
      [SEARCH_USERS_SQL, [["prod"], at(24 * HOUR), at(0), null, null, null, 50, "u12%"]],
      ["connection_interval_user_prefix_idx", "journey_owner_idx"],
    ],
    ["environments", [LIST_ENVIRONMENTS_SQL, []], []],
  ])("%s", async (_name, [text, values], wanted) => {
    const { indexes, scans } = await explain(text, values);
    for (const index of wanted) expect(indexes).toContain(index);
    expect(scans).toEqual([]);
  });

  it.each<[string, readonly [string, unknown[]], RegExp[]]>([
    [
      "a journey's events",
      [JOURNEY_EVENTS_SQL, ["prod", ["r77", "q40"], ["m771"], "u7", null, null, null, 501]],
      [/run/, /message/, /in_reply_to|reply/, /pkey/],
    ],
    [
      "a user's timeline",
      [USER_TIMELINE_SQL, [["prod"], "u7", null, null, null, null, null, 201]],
      [/user_id|user_idx/, /connection_id|connection_idx/],
    ],
    ["an export", exported({}), [/pkey/]],
    ["an export of one run", exported({ run: "r77" }), [/run_id|run_idx/]],
  ])("%s, in every partition", async (_name, [text, values], wanted) => {
    const { indexes, scans } = await explain(text, values);
    for (const index of wanted) expect(indexes.some((name) => index.test(name))).toBe(true);
    expect(scans).toEqual([]);
  });
});
