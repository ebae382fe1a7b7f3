import type { Database } from "../database";

export interface JourneyFilter {
  environments: string[];
  statuses: string[] | null;
  finding: string | null;
  user: string | null;
  router: string | null;
  /** All of these, as one journey can be served by several. */
  versions: string[] | null;
  instances: string[] | null;
  step: string | null;
  /** A thread that one of its messages was received in. */
  thread: string | null;
  /** A connection that one of its messages was read from or written to. */
  connection: string | null;
  from: Date | null;
  to: Date | null;
  /** Exact or prefix on any id of the journey. */
  q: string | null;
}

export interface JourneyListRow {
  environment: string;
  key: string;
  id: string;
  status: string;
  owner: string | null;
  started_at: Date;
  ended_at: Date | null;
  duration_ms: number | null;
  broken_step: string | null;
  broken_hop: string | null;
  broken_router: string | null;
  broken_finding: string | null;
  findings: string[];
  routers: string[];
  versions: string[];
  event_count: number;
}

export interface JourneyPosition {
  startedAt: string;
  environment: string;
  key: string;
}

/** Columns of {@link JourneyListRow} of table alias `j`. */
export const JOURNEY_COLUMNS = `j.environment, j.key, j.id, j.status, j.owner, j.started_at, j.ended_at, j.duration_ms, j.broken_step,
  j.broken_hop, j.broken_router, j.broken_finding, j.findings, j.routers, j.versions, j.event_count`;

const LIKE_SPECIAL = /[\\%_]/g;

/** Conditions on `j` that are asked for, with their values pushed; only what is given narrows the search. */
function conditions(filter: JourneyFilter, values: unknown[]): string {
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts: string[] = [];
  if (filter.statuses) {
    parts.push(
      filter.statuses.length === 1
        ? `j.status = ${bind(filter.statuses[0])}`
        : `j.status = ANY(${bind(filter.statuses)}::text[])`,
    );
  }
  if (filter.finding) parts.push(`j.findings @> ARRAY[${bind(filter.finding)}::text]`);
  if (filter.user) parts.push(`j.owner = ${bind(filter.user)}`);
  if (filter.router) parts.push(`j.routers @> ARRAY[${bind(filter.router)}::text]`);
  if (filter.versions) parts.push(`j.versions @> ${bind(filter.versions)}::text[]`);
  if (filter.instances) parts.push(`j.instances @> ${bind(filter.instances)}::text[]`);
  if (filter.step) parts.push(`j.broken_finding IS NOT NULL AND j.broken_step = ${bind(filter.step)}`);
  if (filter.from) parts.push(`j.started_at >= ${bind(filter.from)}`);
  if (filter.to) parts.push(`j.started_at < ${bind(filter.to)}`);
  if (filter.thread) parts.push(keysOf("thread_id", bind(filter.thread), "e.stage = 'received'"));
  if (filter.connection) parts.push(keysOf("connection_id", bind(filter.connection), "e.type IS NOT NULL"));
  if (filter.q) {
    const prefix = `${filter.q.replace(LIKE_SPECIAL, (character) => `\\${character}`)}%`;
    parts.push(
      `j.key IN (SELECT a.journey_key FROM journey_alias a WHERE a.environment = v.environment AND a.alias LIKE ${bind(prefix)})`,
    );
  }
  return parts.map((part) => ` AND ${part}`).join("");
}

/**
 * Journeys of the events with an id (telemetry_event_thread_received_idx, telemetry_event_connection_idx). Message ids
 * are not unique: a journey that ran at another time than the event is another one's.
 */
function keysOf(column: string, value: string, which: string): string {
  return `j.key IN (
    SELECT k.key FROM (
      SELECT COALESCE(e.run_id, e.message_id, e.id) AS alias, min(e.time) AS first_at, max(e.time) AS last_at
      FROM telemetry_event e WHERE e.environment = v.environment AND e.${column} = ${value} AND ${which} GROUP BY 1
    ) e
    JOIN journey_alias a ON a.environment = v.environment AND a.alias = e.alias
    JOIN journey k ON k.environment = v.environment AND k.key = a.journey_key
    WHERE k.started_at <= e.last_at + interval '1 millisecond' AND k.last_event_at >= e.first_at - interval '1 millisecond')`;
}

/** Where no more journeys match than so many, all of them are found before they are sorted. */
export const FEW = 2_000;

/**
 * One page, newest first: within each environment by journey_started_idx, journey_status_idx, journey_owner_idx or
 * journey_broken_idx as the filter allows (what few journeys have by journey_facets_idx, ids by
 * journey_alias_prefix_idx), then merged. `few` = no more than {@link FEW} match: going through all journeys in their
 * order until a page is full would go through all of them.
 */
export function listJourneysSql(filter: JourneyFilter, after: JourneyPosition | null, limit: number, few = false) {
  const values: unknown[] = [filter.environments, limit];
  const where = conditions(filter, values);
  let keyset = "";
  if (after) {
    const at = `$${values.push(after.startedAt)}::timestamptz`;
    const env = `$${values.push(after.environment)}::text`;
    const key = `$${values.push(after.key)}::text`;
    keyset = ` AND j.started_at <= ${at} AND (j.started_at < ${at} OR (j.environment, j.key) > (${env}, ${key}))`;
  }
  const found = `journey j WHERE j.environment = v.environment${where}${keyset}`;
  const text = `
SELECT page.* FROM unnest($1::text[]) AS v(environment) CROSS JOIN LATERAL (
  SELECT ${JOURNEY_COLUMNS} FROM ${few ? `(SELECT * FROM ${found} OFFSET 0) j` : found}
  ORDER BY j.started_at DESC, j.key LIMIT $2
) page
ORDER BY page.started_at DESC, page.environment, page.key LIMIT $2`;
  return { text, values };
}

/** How many journeys the filter finds, counted no further than `atMost`. Same indexes as the page. */
export function countJourneysSql(filter: JourneyFilter, atMost: number) {
  const values: unknown[] = [filter.environments, atMost];
  const where = conditions(filter, values);
  const text = `
SELECT count(*)::int AS n FROM (
  SELECT 1 FROM unnest($1::text[]) AS v(environment) CROSS JOIN LATERAL (
    SELECT 1 FROM journey j WHERE j.environment = v.environment${where} LIMIT $2
  ) one LIMIT $2
) counted`;
  return { text, values };
}

export async function readJourneyPage(
  { pool }: Database,
  filter: JourneyFilter,
  after: JourneyPosition | null,
  limit: number,
  few: boolean,
): Promise<JourneyListRow[]> {
  return (await pool.query<JourneyListRow>(listJourneysSql(filter, after, limit, few))).rows;
}

export async function countJourneys({ pool }: Database, filter: JourneyFilter, atMost: number): Promise<number> {
  return (await pool.query<{ n: number }>(countJourneysSql(filter, atMost))).rows[0]?.n ?? 0;
}
