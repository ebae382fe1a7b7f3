/** A column that is added says here whether an erasure must go through it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";

/** Columns that an erasure goes through. */
const RENAMED = [
  ...["user_id", "routing_ids", "canary_users", "error_code", "error_message", "attributes", "payload"].map(
    (n) => `telemetry_event.${n}`,
  ),
  ...["journey.owner", "journey.verdict", "connection_interval.user_id", "connection_interval.bindings"],
  ...[
    "incident.owners",
    "incident.recipients",
    "incident_history.note",
    "occurrence.key",
    "occurrence.owner",
    "occurrence.recipient",
  ],
  ...["occurrence.evidence", "occurrence.kept", "dirty_mark.key", "judge_failure.key", "judge_failure.message"],
  ...["audit_entry.target", "audit_entry.detail", "audit_entry.repeat_key", "erasure.user_id"],
  ...["alert_silence.comment", "alert_silence.matchers"],
  ...["saved_view.name", "saved_view.path", "saved_view.query", "canary.user_id"],
];

/** Columns that name something else: runs, messages, threads, connections, routers, keys, the people who watch. */
const WITHOUT_USERS = new Set(
  Object.entries({
    access_key: "id name hash prefix role environments created_by revoked_by",
    alert_channel: "id kind name shown environments minimum_severity lease created_by changed_by",
    // A notification names rules, routers, types and versions only.
    alert_delivery: "id channel_id environment group_key status notification state error",
    alert: "id environment rule fingerprint phase severity labels summary path silence_id told",
    alert_evaluation: "environment rule readings",
    alert_rule: "environment rule changed_by",
    alert_silence: "id environment created_by expired_by",
    audit_entry: "action actor_kind actor_id actor_name address environment",
    canary: "id environment token_hash created_by",
    connection_interval: "environment instance connection_id",
    connection_summary: "environment instance connection_id contribution",
    dirty_mark: "kind environment",
    dropped_day: "reason",
    erasure: "environment pseudonym requested_by counts",
    incident:
      "id environment rule severity router status withdrawn_from acknowledged_by resolved_by regressed_version muted_by",
    incident_history: "incident_id action actor_kind actor_name detail",
    installation: "name value",
    journey:
      "environment key id status broken_step broken_hop broken_router broken_finding findings routers versions instances thread_ids thread_scoped traits contribution unclaimed_ids unclaimed_ms",
    journey_alias: "environment alias journey_key",
    judge_failure: "environment kind",
    loose_message: "environment key contribution",
    occurrence:
      "environment incident_id subject rule severity router message_id run_id connection_id version event_ids",
    policy: "environment body overrides created_by",
    quality_note: "environment service instance code sample",
    rollup: "environment grain metric",
    rollup_delta: "environment metric",
    router_rollup: "environment grain kind router name",
    saved_view: "id created_by changed_by",
    // What stands in source files, and who sent it.
    campaign: "id environment name criteria created_by changed_by project",
    scan: "id commit config_hash uploaded_by report paths",
    scan_concept: "scan_id concept",
    session: "hash id person role address user_agent revoked_by",
    sign_in_link: "hash person role",
    slo_targets: "environment targets changed_by",
    source: "id environment url state cursor last_error",
    source_outage: "source_id kind from_cursor to_cursor",
    test_suite: "environment name before_fix changed_by",
    // Names of tests, as developers wrote them.
    test_run: "id environment suite digest commit_id branch uploaded_by failed",
    telemetry_event:
      "environment id stage type original_type connection_id thread_id run_id message_id in_reply_to agent_name parent_agent tool_name tool_call_id router handler outcome payload_hash payload_hash_kind scope service instance version source_id",
  }).flatMap(([table, columns]) => columns.split(" ").map((column) => `${table}.${column}`)),
);

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it("every column of text is known to hold users or not to", async () => {
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT c.table_name || '.' || c.column_name AS name FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'jsonb', 'json', 'ARRAY')
       AND c.table_name !~ '^(telemetry_event_[0-9]+|_prisma_migrations)$'`,
  );
  const unknown = rows.filter(({ name }) => !RENAMED.includes(name) && !WITHOUT_USERS.has(name));
  expect(unknown, "say in server/erasure whether it may hold a user's id, and rename it there if so").toEqual([]);
});
