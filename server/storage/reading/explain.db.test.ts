import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEAKS_BY_WINDOW_SQL, TRAFFIC_BY_WINDOW_SQL } from "../campaign-evidence";
import { TRAFFIC_BY_COMMIT_SQL } from "../commit-traffic";
import { ensurePartitions } from "../partitions";
import { planOf } from "../testing/explain";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { COMPONENT_STATES_SQL } from "./component-states";
import { exportEventsSql } from "./export-events";
import { FIND_JOURNEY_SQL } from "./find-journey";
import {
  JOURNEY_EVENT_SQL,
  JOURNEY_EVENTS_AT_SQL,
  JOURNEY_EVENTS_BEFORE_SQL,
  JOURNEY_EVENTS_SQL,
} from "./journey-events";
import {
  JOURNEYS_AFTER_SQL,
  JOURNEYS_BEFORE_SQL,
  LAST_HEALTHY_OF_OWNER_SQL,
  LAST_HEALTHY_SQL,
} from "./journey-neighbours";
import { LIST_ENVIRONMENTS_SQL } from "./list-environments";
import { countJourneysSql, type JourneyFilter, listJourneysSql } from "./list-journeys";
import { listUsersSql, READ_USER_SQL, type UserListQuery } from "./list-users";
import { NEAR_CONNECTIONS_SQL } from "./near-connections";
import { COUNT_STATUS_SQL, compareSql } from "./read-differences";
import { READ_FAILURES_SQL } from "./read-failures";
import { READ_PRESENCE_SQL } from "./read-presence";
import { READ_ROLLUPS_SQL } from "./read-rollups";
import { ROUTER_COUNTS_SQL } from "./router-counts";
import { FIRST_COUNTED_SQL, ROUTER_SIGHTINGS_SQL, ROUTER_TOTALS_SQL } from "./router-sightings";
import { EVENT_JOURNEYS_SQL, KNOWN_USERS_SQL } from "./timeline/event-journeys";
import { horizonSql, timelinePageSql } from "./timeline/timeline-page";
import { floorSql, timelineSummarySql } from "./timeline/timeline-summary";
import { JOURNEY_BUCKETS_SQL, USER_CONNECTIONS_SQL, USER_JOURNEYS_SQL } from "./timeline/user-lanes";

let db: TestDatabase;
const nowMs = Date.UTC(2026, 10, 20, 12);
const at = (agoMs: number) => new Date(nowMs - agoMs);
const HOUR = 3_600_000;
/** Tables that the seed fills: only of an empty one is it right to read everything. */
const FILLED = /^(journey(_alias)?|connection_interval|occurrence|(router_)?rollup|rollup_delta|telemetry_event)$/;

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
      broken_step, event_count, judged_at, verdict, contribution_minute, findings, routers, versions, instances)
    SELECT CASE WHEN i % 10 = 0 THEN 'other' ELSE 'prod' END, 'r:r' || i, 'r' || i,
      CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'succeeded' END, 'u' || i % 500, ${now} - i * interval '10 seconds',
      ${now} - i * interval '10 seconds', 1, CASE WHEN i % 50 = 0 THEN 'event_lost' END,
      CASE WHEN i % 50 = 0 THEN 'agent_completed' END, 10, now(), '{}', now(),
      CASE WHEN i % 50 = 0 THEN ARRAY['event_lost'] WHEN i % 900 = 1 THEN ARRAY['stalled'] ELSE '{}' END,
      CASE WHEN i % 1000 = 1 THEN ARRAY['R', 'Old'] ELSE ARRAY['R'] END,
      CASE WHEN i % 800 = 1 THEN ARRAY['0.9'] ELSE ARRAY['1.0'] END,
      CASE WHEN i % 700 = 1 THEN ARRAY['gw-9'] ELSE ARRAY['gw-1'] END
    FROM generate_series(1, 40000) i;
    INSERT INTO journey_alias SELECT environment, id, key FROM journey;
    INSERT INTO connection_interval (environment, instance, connection_id, n, user_id, opened_at, closed_at)
    SELECT 'prod', '', 'c' || i, 0, 'u' || i % 5000, ${now} - i * interval '8 seconds',
      CASE WHEN i % 100 > 0 THEN ${now} - i * interval '8 seconds' + interval '1 minute' END
    FROM generate_series(1, 40000) i;
    INSERT INTO incident (id, environment, rule, severity, router, first_seen_at, last_seen_at)
    VALUES ('i1', 'prod', 'wrong_recipient', 'critical', 'R', now(), now());
    INSERT INTO occurrence (environment, key, incident_id, subject, rule, severity, router, owner, recipient, event_ids,
      occurred_at)
    SELECT 'prod', 'o' || i, 'i1', 'r:r' || i, 'wrong_recipient', 'critical', 'R', 'u' || i % 500, 'u' || i % 499, '{}',
      ${now} - i * interval '30 seconds' FROM generate_series(1, 10000) i;
    INSERT INTO rollup SELECT 'prod', 'minute', ${now} - i * interval '1 minute', 'status/' || s, 5
    FROM generate_series(1, 4000) i, generate_series(1, 10) s;
    INSERT INTO rollup_delta (environment, minute, metric, n)
    SELECT 'prod', ${now} - i * interval '1 minute', 'status/failed', 1 FROM generate_series(1, 4000) i;
    INSERT INTO telemetry_event (environment, id, time, received_at, stage, outcome, scope, attributes)
    SELECT 'prod', 's' || i, ${now} - i * interval '3 seconds', now(), 'state', 'ok', 'user',
      jsonb_build_object('component', 'c' || i % 5, 'state', CASE WHEN i % 9 = 0 THEN 'open' ELSE 'closed' END)
    FROM generate_series(1, 20000) i;
    INSERT INTO router_rollup (environment, grain, kind, router, bucket, name, n)
    SELECT 'prod', g, k, 'R' || r, ${now} - i * interval '1 minute', '["h", "' || k || '"]', 5
    FROM generate_series(1, 600) i, generate_series(1, 8) r, unnest(ARRAY['minute', 'hour']) g,
      unnest(ARRAY['message', 'handler', 'latency', 'source']) k;
    ANALYZE;`);
  await db.pool.query("VACUUM journey"); // Users are counted from indexes alone where it has been.
});
afterAll(() => db.drop());

async function explain(text: string, values: unknown[]) {
  const { indexes, scans } = await planOf(db, text, values);
  return { indexes, scans: scans.filter((table) => FILLED.test(table)) };
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
  thread: null,
  connection: null,
  from: null,
  to: null,
  q: null,
};
const page = (filter: Partial<JourneyFilter>, few = false) => {
  const after = { startedAt: at(HOUR).toISOString(), environment: "prod", key: "r:r9" };
  const { text, values } = listJourneysSql({ ...everything, ...filter }, after, 50, few);
  return [text, values] as const;
};
const count = (filter: Partial<JourneyFilter>) => {
  const { text, values } = countJourneysSql({ ...everything, ...filter }, 10_001);
  return [text, values] as const;
};
const routerCounts = (router: string | null): [string, unknown[]] => {
  const range = { fromMs: nowMs - HOUR, toMs: nowMs, byBucket: true };
  const stretches = ["message", "handler", "inbound"].map((kind) => ({ kind, grain: "minute", ...range }));
  return [ROUTER_COUNTS_SQL, [["prod"], JSON.stringify(stretches), router, 60_000]];
};
const members = ["prod", ["r77", "q40"], ["m771"], "u7"];
const compared = (slices: number) => {
  const filter = { finding: "event_lost", step: null, user: null, router: "A", versions: ["1"], instances: ["a"] };
  const sample = { failedLimit: 5_000, slices, healthyPerSlice: 5_000 / slices, valueLimit: 500 };
  const range = { environment: "prod", from: at(24 * HOUR), to: at(0) };
  const { text, values } = compareSql({ ...range, ...sample, filter, alike: true });
  return [text, values] as const;
};
const exported = (filter: Record<string, string>) => {
  const query = { environment: "prod", from: at(HOUR), to: at(0), filter };
  const { text, values } = exportEventsSql(query, { id: "e5", at: at(0).toISOString() }, 1_000);
  return [text, values] as const;
};
const statement = ({ text, values }: { text: string; values: unknown[] }) => [text, values] as const;
const users = (query: Pick<UserListQuery, "q" | "sort">) => {
  const after = { value: query.sort === "seen" ? "-infinity" : "3", environment: "prod", id: "u1" };
  return statement(listUsersSql({ environments: ["prod"], from: at(HOUR), to: at(0), after, limit: 50, ...query }));
};
const range = { environments: ["prod"], user: "u7", from: at(24 * HOUR), to: at(0), filter: { type: "agent_started" } };
const timeline = { ...range, after: { at: at(HOUR).toISOString(), seq: "3", id: "e5" }, limit: 201 };
const summary = { ...range, atMost: 20_000, buckets: 600, every: 200, listed: 100, facetValues: 500 };
/** Either serves an exact id. */
const OF_A_USER = /connection_interval_user_(prefix_)?idx/;
const TIMELINE_HEADS = [/^telemetry_event_user_idx$/, /^telemetry_event_connection_idx$/];
const TIMELINE_INDEXES = [
  ...TIMELINE_HEADS,
  /^journey_owner_idx$/,
  /^journey_alias_key_idx$/,
  /^telemetry_event_run_idx$/,
  /^telemetry_event_message_idx$/,
  /^telemetry_event_stray_idx$/,
  /^telemetry_event_in_reply_to_idx$/,
  /_pkey$/,
];

describe("each raw read finds its rows by an index", () => {
  it.each<[string, readonly [string, unknown[]], (string | RegExp)[]]>([
    ["journeys", page({}), ["journey_started_idx"]],
    ["journeys of one status", page({ statuses: ["failed"] }), ["journey_status_idx"]],
    ["journeys of one user", page({ user: "u7" }), ["journey_owner_idx"]],
    ["journeys with a finding that few have", page({ finding: "stalled" }), ["journey_facets_idx"]],
    ["journeys of a router that few have", page({ router: "Old" }), ["journey_facets_idx"]],
    ["journeys of a version that none has", page({ versions: ["0.0"] }, true), ["journey_facets_idx"]],
    ["count of a version that few have", count({ versions: ["0.9"] }), ["journey_facets_idx"]],
    ["count of an instance that none has", count({ instances: ["gw-0"] }), ["journey_facets_idx"]],
    ["journeys of the router that most have", page({ router: "R" }), ["journey_started_idx"]],
    ["journeys by id prefix", page({ q: "r123" }), ["journey_alias_prefix_idx"]],
    ["count of an hour", count({ from: at(HOUR), to: at(0) }), ["journey_started_idx"]],
    ["count by id prefix", count({ q: "r1234" }), ["journey_alias_prefix_idx"]],
    ["one journey by any id", [FIND_JOURNEY_SQL, [["prod"], "r77", null]], ["journey_id_idx", "journey_pkey"]],
    ["journeys of a status, counted", [COUNT_STATUS_SQL, ["prod", "failed", null, at(0), 5_001]], [/journey_status/]],
    ["what failed journeys have in common", compared(1), ["journey_status_idx"]],
    ["the same, with healthy ones spread over the period", compared(100), ["journey_status_idx"]],
    [
      "a user's journeys before one",
      [JOURNEYS_BEFORE_SQL, ["prod", "u7", at(HOUR), "r:r9", 13]],
      ["journey_owner_idx"],
    ],
    ["a user's journeys after one", [JOURNEYS_AFTER_SQL, ["prod", "u7", at(HOUR), "r:r9", 13]], ["journey_owner_idx"]],
    [
      "a user's last healthy journey",
      [LAST_HEALTHY_OF_OWNER_SQL, ["prod", "u7", at(HOUR), 1_000]],
      ["journey_owner_idx"],
    ],
    ["the last healthy journey", [LAST_HEALTHY_SQL, ["prod", at(HOUR)]], ["journey_status_idx"]],
    ["broken journeys", [READ_FAILURES_SQL, [["prod"], at(HOUR), at(0), 100]], ["journey_broken_idx"]],
    [
      "counters",
      [READ_ROLLUPS_SQL, [["prod"], "minute", at(HOUR), at(0), 60_000, at(2 * HOUR), at(HOUR)]],
      ["rollup_delta_minute_idx", "rollup_pkey"],
    ],
    ["counters of routers", routerCounts(null), ["rollup_delta_minute_idx", "router_rollup_pkey"]],
    ["leaks by window", [LEAKS_BY_WINDOW_SQL, ["prod", [nowMs - 24 * HOUR], 24 * HOUR]], [/occurrence_time_idx/]],
    [
      "traffic by window",
      [TRAFFIC_BY_WINDOW_SQL, ["prod", "minute", at(HOUR), at(0), 6e5]],
      [/delta_minute/, /^rollup_p/],
    ],
    ["what routers handled", [ROUTER_TOTALS_SQL, [["prod"], at(HOUR)]], [/delta_minute_idx/, /router_rollup_pkey/]],
    ["traffic by commit", [TRAFFIC_BY_COMMIT_SQL, [["prod"], at(HOUR), at(0), [at(HOUR)], [at(HOUR)]]], [/^rollup_p/]],
    ["since when is counted", [FIRST_COUNTED_SQL, [["prod"]]], [/rollup_pkey/]],
    ["when routers were seen", [ROUTER_SIGHTINGS_SQL, [["prod"], null]], [/router_rollup_pkey/]],
    ["counters of one router", routerCounts("R1"), ["rollup_delta_minute_idx", "router_rollup_pkey"]],
    ["presence", [READ_PRESENCE_SQL, [["prod"]]], ["connection_interval_open_idx"]],
    [
      "connections near a journey",
      [NEAR_CONNECTIONS_SQL, ["prod", ["u7"], ["c9"], at(HOUR), at(0), 200]],
      ["connection_interval_user_idx", "connection_interval_id_idx"],
    ],
    [
      "users of an hour",
      users({ q: null, sort: "failed" }),
      ["journey_started_idx", "connection_interval_open_idx", "connection_interval_closed_idx", "occurrence_time_idx"],
    ],
    [
      "users by the beginning of their id",
      users({ q: "u12", sort: "seen" }),
      [
        "connection_interval_user_prefix_idx",
        "journey_owner_idx",
        OF_A_USER,
        "occurrence_owner_idx",
        "occurrence_recipient_idx",
      ],
    ],
    [
      "one user",
      [READ_USER_SQL, [["prod"], "-infinity", "infinity", "u7"]],
      ["journey_owner_idx", OF_A_USER, "occurrence_owner_idx", "occurrence_recipient_idx"],
    ],
    [
      "journeys of events",
      [EVENT_JOURNEYS_SQL, [JSON.stringify([{ environment: "prod", alias: "r77" }])]],
      [/journey_alias_(pkey|prefix_idx)/, "journey_pkey"],
    ],
    ["whether users are known", [KNOWN_USERS_SQL, [JSON.stringify([{ environment: "prod", id: "u7" }])]], [OF_A_USER]],
    ["a user's connections", [USER_CONNECTIONS_SQL, [["prod"], "u7", at(HOUR), at(0), 200]], [OF_A_USER]],
    ["a user's journeys", [USER_JOURNEYS_SQL, [["prod"], "u7", at(HOUR), at(0), 200]], ["journey_owner_idx"]],
    [
      "a user's journeys by time",
      [JOURNEY_BUCKETS_SQL, [["prod"], "u7", at(HOUR), at(0), 6_000]],
      ["journey_owner_idx"],
    ],
    ["environments", [LIST_ENVIRONMENTS_SQL, []], []],
  ])("%s", async (_name, [text, values], wanted) => {
    const { indexes, scans } = await explain(text, values);
    for (const index of wanted) expect(indexes).toContainEqual(expect.stringMatching(index));
    expect(scans).toEqual([]);
  });

  it.each<[string, readonly [string, unknown[]], RegExp[]]>([
    [
      "a journey's events",
      [JOURNEY_EVENTS_SQL, [...members, 501, null, null, null]],
      [/event_run_idx/, /event_(message|stray)_idx/, /event_in_reply_to_idx/, /event_pkey/],
    ],
    [
      "a journey's events before one",
      [JOURNEY_EVENTS_BEFORE_SQL, [...members, 501, at(HOUR).toISOString(), "-1", "e3600"]],
      [/event_run_idx/, /event_(message|stray)_idx/, /event_in_reply_to_idx/, /event_pkey/],
    ],
    [
      "a journey's events at some moments",
      [JOURNEY_EVENTS_AT_SQL, [...members, 200, [nowMs - HOUR, nowMs - 2 * HOUR]]],
      [/event_run_idx/, /event_(message|stray)_idx/, /event_in_reply_to_idx/, /event_pkey/],
    ],
    [
      "states of components",
      [COMPONENT_STATES_SQL, [["prod"], at(HOUR), at(0), 100, 60, null, []]],
      [/environment_expr_time|state_idx/],
    ],
    [
      "states of a router's components",
      [COMPONENT_STATES_SQL, [["prod"], at(HOUR), at(0), 100, 60, "R1", ["chat"]]],
      [/environment_expr_time|state_idx/],
    ],
    ["one of a journey's events", [JOURNEY_EVENT_SQL, [...members, 1, "e771"]], [/pkey/]],
    ["journeys of a thread", page({ thread: "t7" }), [/event_thread_received_idx/, /journey_alias/]],
    ["journeys on a connection", page({ connection: "c7" }), [/event_connection_idx/, /journey_alias/]],
    ["the reach of a timeline's page", statement(horizonSql(timeline, 201)), TIMELINE_HEADS],
    ["a timeline's page", statement(timelinePageSql(timeline)), TIMELINE_INDEXES],
    ["a timeline's newest part", statement(floorSql(summary)), TIMELINE_HEADS],
    ["a timeline in figures", statement(timelineSummarySql(summary)), TIMELINE_INDEXES],
    ["an export", exported({}), [/pkey/]],
    ["an export of one run", exported({ run: "r77" }), [/event_run_idx/]],
  ])("%s, in every partition", async (_name, [text, values], wanted) => {
    const { indexes, scans } = await explain(text, values);
    for (const index of wanted) expect(indexes.some((name) => index.test(name))).toBe(true);
    expect(scans).toEqual([]);
  });
});
