/** Journey rows and the ids that find them. Written only under the advisory locks of their ids. */
import type { Verdict } from "@/domain/journeys/types";
import type { Contribution } from "@/domain/rollups/contribution";
import type { Session, Statement } from "./transaction";

export interface JourneyKey {
  environment: string;
  key: string;
}

/** A journey as it was judged last. */
export interface PreviousJourney extends JourneyKey {
  frozen: boolean;
  contribution: Contribution;
  nextDeadlineMs: number | null;
  eventCount: number;
  aliases: string[];
}

const CONTRIBUTION = `json_build_object('minuteMs', (date_part('epoch', j.contribution_minute) * 1000)::bigint, 'metrics', j.contribution)`;

/** Uses journey_pkey and journey_alias_key_idx. */
export const PREVIOUS_JOURNEYS: Statement = {
  name: "judge_previous_journeys",
  text: `SELECT j.environment, j.key, j.frozen, ${CONTRIBUTION} AS contribution,
      date_part('epoch', j.next_deadline) * 1000 AS "nextDeadlineMs", j.event_count AS "eventCount", a.aliases
    FROM json_to_recordset($1::json) AS w(environment text, key text)
    CROSS JOIN LATERAL (SELECT * FROM journey j WHERE j.environment = w.environment AND j.key = w.key OFFSET 0) j
    CROSS JOIN LATERAL (SELECT coalesce(array_agg(a.alias), '{}') AS aliases FROM journey_alias a
      WHERE a.environment = j.environment AND a.journey_key = j.key) a`,
};

/** Of these keys, the journeys that exist. */
export async function previousJourneys(session: Session, keys: readonly JourneyKey[]): Promise<PreviousJourney[]> {
  return keys.length === 0 ? [] : session.query<PreviousJourney>(PREVIOUS_JOURNEYS, JSON.stringify(keys));
}

/** Uses journey_alias_key_idx. */
export const ALIASES_OF_KEYS: Statement = {
  name: "judge_aliases_of_keys",
  text: `SELECT a.environment, a.journey_key AS key, a.alias FROM json_to_recordset($1::json) AS w(environment text, key text)
    CROSS JOIN LATERAL (SELECT * FROM journey_alias a
      WHERE a.environment = w.environment AND a.journey_key = w.key OFFSET 0) a`,
};

/** The ids that find these journeys. */
export async function aliasesOfKeys(session: Session, keys: readonly JourneyKey[]): Promise<AliasRow[]> {
  return keys.length === 0 ? [] : session.query<AliasRow>(ALIASES_OF_KEYS, JSON.stringify(keys));
}

/** A verdict with what its row needs beside it. */
export interface JudgedJourney {
  verdict: Verdict;
  contribution: Contribution;
  lastEventAtMs: number;
  /** Ids that find it. */
  aliases: string[];
  /** Its events that do not claim its owner; null where they are not told one by one. */
  unclaimed: { id: string; timeMs: number }[] | null;
}

function toRow({ verdict, contribution, lastEventAtMs, unclaimed }: JudgedJourney) {
  return {
    environment: verdict.environment,
    key: verdict.key,
    id: verdict.id,
    status: verdict.status,
    owner: verdict.owner,
    started: verdict.startedAtMs,
    ended: verdict.endedAtMs,
    duration: verdict.durationMs,
    last: lastEventAtMs,
    policy: verdict.policyVersion,
    step: verdict.brokenAt?.step ?? null,
    hop: verdict.brokenAt?.hop ?? null,
    router: verdict.brokenAt?.router ?? null,
    finding: verdict.brokenBy,
    findings: [...new Set(verdict.findings.map((finding) => finding.code))].sort(),
    routers: verdict.routers,
    versions: verdict.versions,
    instances: verdict.instances,
    threads: verdict.threadIds,
    scoped: verdict.threadScoped,
    events: verdict.eventCount,
    oversized: verdict.oversized,
    deadline: verdict.nextDeadlineMs,
    verdict,
    contribution: contribution.metrics,
    minute: contribution.minuteMs,
    unclaimed: unclaimed?.map(({ id }) => id) ?? null,
    unclaimed_ms: unclaimed?.map(({ timeMs }) => timeMs) ?? null,
  };
}

const at = (column: string) => `to_timestamp(${column} / 1000)`;
const names = (column: string) => `ARRAY(SELECT jsonb_array_elements_text(${column}))`;

/** Uses journey_pkey. An equal verdict is not written again. */
export const UPSERT_JOURNEYS: Statement = {
  name: "judge_upsert_journeys",
  text: `INSERT INTO journey AS j (environment, key, id, status, owner, started_at, ended_at, duration_ms, last_event_at,
      policy_version, broken_step, broken_hop, broken_router, broken_finding, findings, routers, versions, instances,
      thread_ids, thread_scoped, event_count, oversized, next_deadline, judged_at, verdict, contribution,
      contribution_minute, unclaimed_ids, unclaimed_ms)
    SELECT environment, key, id, status, owner, ${at("started")}, ${at("ended")}, duration, ${at("last")}, policy, step,
      hop, router, finding, ${names("findings")}, ${names("routers")}, ${names("versions")}, ${names("instances")},
      ${names("threads")}, ${names("scoped")}, events, oversized, ${at("deadline")}, ${at("$2::float8")}, verdict,
      contribution, ${at("minute")}, unclaimed, unclaimed_ms
    FROM jsonb_to_recordset($1::jsonb) AS w(environment text, key text, id text, status text, owner text, started float8,
      ended float8, duration float8, last float8, policy integer, step text, hop text, router text, finding text,
      findings jsonb, routers jsonb, versions jsonb, instances jsonb, threads jsonb, scoped jsonb, events integer,
      oversized boolean, deadline float8, verdict jsonb, contribution jsonb, minute float8,
      unclaimed text[], unclaimed_ms float8[])
    ON CONFLICT (environment, key) DO UPDATE SET id = EXCLUDED.id, status = EXCLUDED.status, owner = EXCLUDED.owner,
      started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at, duration_ms = EXCLUDED.duration_ms,
      last_event_at = EXCLUDED.last_event_at, policy_version = EXCLUDED.policy_version,
      broken_step = EXCLUDED.broken_step, broken_hop = EXCLUDED.broken_hop, broken_router = EXCLUDED.broken_router,
      broken_finding = EXCLUDED.broken_finding, findings = EXCLUDED.findings, routers = EXCLUDED.routers,
      versions = EXCLUDED.versions, instances = EXCLUDED.instances, thread_ids = EXCLUDED.thread_ids,
      thread_scoped = EXCLUDED.thread_scoped, event_count = EXCLUDED.event_count, oversized = EXCLUDED.oversized,
      next_deadline = EXCLUDED.next_deadline, judged_at = EXCLUDED.judged_at, revision = j.revision + 1,
      verdict = EXCLUDED.verdict, contribution = EXCLUDED.contribution,
      contribution_minute = EXCLUDED.contribution_minute, unclaimed_ids = EXCLUDED.unclaimed_ids,
      unclaimed_ms = EXCLUDED.unclaimed_ms
    WHERE j.verdict IS DISTINCT FROM EXCLUDED.verdict OR j.contribution IS DISTINCT FROM EXCLUDED.contribution
      OR j.contribution_minute <> EXCLUDED.contribution_minute OR j.next_deadline IS DISTINCT FROM EXCLUDED.next_deadline
      OR j.unclaimed_ids IS DISTINCT FROM EXCLUDED.unclaimed_ids
    RETURNING environment, key`,
};

/** Writes verdicts; answers the keys of those that are new or changed. */
export async function upsertJourneys(
  session: Session,
  judged: readonly JudgedJourney[],
  nowMs: number,
): Promise<JourneyKey[]> {
  return judged.length === 0
    ? []
    : session.query<JourneyKey>(UPSERT_JOURNEYS, JSON.stringify(judged.map(toRow)), nowMs);
}

/** Uses journey_pkey. */
export const DELETE_JOURNEYS: Statement = {
  name: "judge_delete_journeys",
  text: `DELETE FROM journey j USING json_to_recordset($1::json) AS w(environment text, key text)
    WHERE j.environment = w.environment AND j.key = w.key`,
};

/** Uses journey_pkey. */
export const CLEAR_DEADLINES: Statement = {
  name: "judge_clear_deadlines",
  text: `UPDATE journey j SET next_deadline = NULL FROM json_to_recordset($1::json) AS w(environment text, key text)
    WHERE j.environment = w.environment AND j.key = w.key AND j.next_deadline IS NOT NULL`,
};

/** Removes the rows of keys that are no journey of their own any more. */
export async function deleteJourneys(session: Session, keys: readonly JourneyKey[]): Promise<void> {
  if (keys.length > 0) await session.query(DELETE_JOURNEYS, JSON.stringify(keys));
}

/** These journeys are not judged again by the passing of time alone. */
export async function clearDeadlines(session: Session, keys: readonly JourneyKey[]): Promise<void> {
  if (keys.length > 0) await session.query(CLEAR_DEADLINES, JSON.stringify(keys));
}

export interface AliasRow extends JourneyKey {
  alias: string;
}

/** Uses journey_alias_pkey. */
export const INSERT_ALIASES: Statement = {
  name: "judge_insert_aliases",
  text: `INSERT INTO journey_alias (environment, alias, journey_key)
    SELECT environment, alias, key FROM json_to_recordset($1::json) AS w(environment text, key text, alias text)
    ON CONFLICT DO NOTHING`,
};

/** Uses journey_alias_pkey. */
export const DELETE_ALIASES: Statement = {
  name: "judge_delete_aliases",
  text: `DELETE FROM journey_alias a USING json_to_recordset($1::json) AS w(environment text, key text, alias text)
    WHERE a.environment = w.environment AND a.alias = w.alias AND a.journey_key = w.key`,
};

/** Applies what changed in the ids that find journeys. */
export async function changeAliases(
  session: Session,
  added: readonly AliasRow[],
  removed: readonly AliasRow[],
): Promise<void> {
  if (removed.length > 0) await session.query(DELETE_ALIASES, JSON.stringify(removed));
  if (added.length > 0) await session.query(INSERT_ALIASES, JSON.stringify(added));
}
