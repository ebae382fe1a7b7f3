/** What components reported about their state, straight from the stored events: there are few of them. */
import type { Database } from "../database";

export interface ComponentStateQuery {
  environments: string[];
  from: Date;
  to: Date;
  /** Only components whose last report names this router, or none and one of the services; null = all. */
  of: { router: string; services: string[] } | null;
  /** So many components, those first that reported last. */
  limit: number;
  changesLimit: number;
}

/** The reports of one component of one instance. */
export interface ComponentStates {
  environment: string;
  component: string;
  service: string | null;
  instance: string | null;
  router: string | null;
  lastMs: number;
  /** The last report before the range. */
  before: [atMs: number, state: string] | null;
  /** Reports of another state than the one before, oldest first; only the newest ones. */
  changes: [atMs: number, state: string][];
  /** Set where older changes of the range were not read: the first report that was. */
  knownFromMs: number | null;
  /** Components there are, up to {@link MAX_COMPONENTS}. */
  components: number;
}

export const MAX_COMPONENTS = 1_000;
/** Reports of one component that are read: a component may report without any change. */
const MAX_REPORTS = 2_000;

/** As telemetry_event_state_idx has it. */
const KEY = `((e.attributes ->> 'component') || E'\\x1f' || coalesce(e.service, '') || E'\\x1f' || coalesce(e.instance, ''))`;
const REPORTS = `FROM telemetry_event e WHERE e.environment = k.environment AND e.stage = 'state' AND ${KEY} = k.key`;

/** From component to component, and then to the ends of its reports, by telemetry_event_state_idx. */
export const COMPONENT_STATES_SQL = `
WITH RECURSIVE step(environment, key) AS (
    SELECT n.environment, (SELECT ${KEY} FROM telemetry_event e
      WHERE e.environment = n.environment AND e.stage = 'state' ORDER BY ${KEY} LIMIT 1)
    FROM unnest($1::text[]) AS n(environment)
    UNION ALL
    SELECT s.environment, (SELECT ${KEY} FROM telemetry_event e
      WHERE e.environment = s.environment AND e.stage = 'state' AND ${KEY} > s.key ORDER BY ${KEY} LIMIT 1)
    FROM step s WHERE s.key IS NOT NULL),
  known AS MATERIALIZED (
    SELECT k.environment, k.key, last.*, count(*) OVER ()::integer AS components
    FROM (SELECT * FROM (SELECT * FROM step LIMIT ${MAX_COMPONENTS}) s WHERE key IS NOT NULL) k
    CROSS JOIN LATERAL (SELECT e.time AS last_at, e.attributes ->> 'component' AS component, e.service, e.instance, e.router
      ${REPORTS} AND e.time < $3 ORDER BY e.time DESC, e.seq DESC, e.id DESC LIMIT 1) last
    WHERE $6::text IS NULL OR last.router = $6 OR (last.router IS NULL AND last.service = ANY ($7::text[]))
    ORDER BY last.last_at DESC, k.environment, k.key LIMIT $4)
SELECT k.environment, k.component, k.service, k.instance, k.router, k.components,
  date_part('epoch', k.last_at) * 1000 AS "lastMs", before.report AS before,
  coalesce(within.changes, '[]') AS changes, date_part('epoch', within.known_from) * 1000 AS "knownFromMs"
FROM known k
LEFT JOIN LATERAL (SELECT json_build_array(date_part('epoch', e.time) * 1000, e.attributes ->> 'state') AS report
  ${REPORTS} AND e.time < $2 ORDER BY e.time DESC, e.seq DESC, e.id DESC LIMIT 1) before ON true
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_array(date_part('epoch', c.time) * 1000, c.state) ORDER BY c.time, c.seq, c.id) AS changes,
    CASE WHEN max(c.changes) > $5 OR max(c.reports) = ${MAX_REPORTS} THEN min(c.time) END AS known_from
  FROM (
    SELECT *, count(*) OVER () AS changes, row_number() OVER (ORDER BY time DESC, seq DESC, id DESC) AS place FROM (
      SELECT *, lag(state) OVER (ORDER BY time, seq, id) AS previous, count(*) OVER () AS reports FROM (
        SELECT e.time, e.seq, e.id, e.attributes ->> 'state' AS state
        ${REPORTS} AND e.time >= $2 AND e.time < $3 ORDER BY e.time DESC, e.seq DESC, e.id DESC LIMIT ${MAX_REPORTS}) r) r
    WHERE state IS DISTINCT FROM previous) c
  WHERE c.place <= $5) within
ORDER BY k.last_at DESC, k.environment, k.key`;

export async function readComponentStates({ pool }: Database, query: ComponentStateQuery): Promise<ComponentStates[]> {
  const { environments, from, to, of, limit, changesLimit } = query;
  const values = [environments, from, to, limit, changesLimit, of?.router ?? null, of?.services ?? []];
  return (await pool.query<ComponentStates>(COMPONENT_STATES_SQL, values)).rows;
}
