/** The events that belong together, found by the ids they carry. One statement a round, whatever the number of ids. */
import { CRITICAL_TYPES } from "@/domain/telemetry/event";
import { numbersIn } from "../numbers-in";
import type { RecentEvents, StoredEvent } from "../recent-events";
import { EVENT_JSON, parseEvents } from "./event-rows";
import type { Session, Statement } from "./transaction";

/**
 * How an event is looked for: `message` = inbound stages of a message id, `stray` = outbound stages of it that name no
 * run, `outbound` = those that do. Kept apart, because many systems number the messages of each run from one.
 */
export interface Lookup {
  by: "run" | "message" | "stray" | "outbound" | "reply" | "event";
  environment: string;
  id: string;
}

/** An id with more events than are read whole. */
export interface OversizedLookup extends Lookup {
  total: number;
  read: number;
}

/** More events than this under one id are not read whole. */
export const EVENTS_PER_LOOKUP = 20_000;
/** Of an id with more events, so many of each kind are read, the earliest. */
const EVENTS_PER_KIND = 100;
/** So many are read beside what is known already; of more, all are read. */
const FEW_MISSING = 200;

const OUTBOUND_STAGES = "e.stage IN ('emitted', 'sent', 'acked', 'dropped')";
const AGENT_TYPES = CRITICAL_TYPES.map((type) => `'${type}'`).join(", ");

const CONDITIONS: Record<Lookup["by"], string> = {
  run: "e.run_id = w.id",
  message: `e.message_id = w.id AND (e.stage = 'received'
        OR e.stage IN ('routed', 'dropped') AND coalesce(e.type, '') NOT IN (${AGENT_TYPES}))`,
  stray: `e.message_id = w.id AND e.run_id IS NULL AND (${OUTBOUND_STAGES} OR e.stage = 'routed')`,
  outbound: `e.message_id = w.id AND e.run_id IS NOT NULL AND ${OUTBOUND_STAGES}`,
  reply: "e.in_reply_to = w.id",
  event: "e.id = w.id",
};

/** One branch for each way, so that each goes by its own index. */
const branches = (branch: (by: string, condition: string) => string) =>
  Object.entries(CONDITIONS)
    .map(([by, condition]) => branch(by, condition))
    .join(" UNION ALL ");

const BY = Object.keys(CONDITIONS) as Lookup["by"][];
/** What is found by other ids than its run's is left out where the run has been read. */
const UNKNOWN_RUN = "(e.run_id IS NULL OR e.run_id NOT IN (SELECT unnest($2::text[])))";

/** Of all events of many ids of one environment, up to one more than {@link EVENTS_PER_LOOKUP} altogether. */
const found = (columns: string, further = "") =>
  `WITH e AS (SELECT * FROM (${branches(
    (by, condition) => `
    SELECT ${columns} FROM telemetry_event e
    WHERE e.environment = $1 AND ${condition.replace("w.id", `ANY ($${BY.indexOf(by as Lookup["by"]) + 3}::text[])`)}
      ${by === "run" || by === "stray" ? "" : `AND ${UNKNOWN_RUN}`} ${further}`,
  )}) found LIMIT ${EVENTS_PER_LOOKUP + 1}) SELECT count(*)::integer AS count,`;

/** Whole events. Uses telemetry_event_run_idx, _message_idx, _stray_idx, _in_reply_to_idx and telemetry_event_pkey. */
export const LOAD_EVENTS: Statement = {
  name: "judge_load_events",
  text: `${found("e.*")} string_agg(${EVENT_JSON}::text, ',') AS events FROM e`,
};

/** Which events there are, and who wrote their rows. Uses the indexes of {@link LOAD_EVENTS}. */
export const LOAD_REFERENCES: Statement = {
  name: "judge_load_references",
  text: `${found("e.ordinal, e.xmin")} array_agg(ordinal)::text AS ordinals, array_agg(xmin)::text AS writers FROM e`,
};

/** Whole events with the ordinals of the last parameter. Uses the indexes of {@link LOAD_EVENTS}. */
export const LOAD_MISSING: Statement = {
  name: "judge_load_missing",
  text: `${found("e.*", `AND e.ordinal = ANY ($${BY.length + 3}::bigint[])`)} string_agg(${EVENT_JSON}::text, ',') AS events FROM e`,
};

const WANTED = `wanted AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS w(n integer, "by" text, environment text, id text))`;
const eachOf = (limit: string) =>
  branches(
    (by, condition) => `
    SELECT w.n, e.* FROM wanted w CROSS JOIN LATERAL (
      SELECT e.* FROM telemetry_event e WHERE e.environment = w.environment AND ${condition} ${limit}) e
    WHERE w.by = '${by}'`,
  );

/** Each id by itself, as far as it is not too large. Uses the indexes of {@link LOAD_EVENTS}. */
export const LOAD_EACH: Statement = {
  name: "judge_load_each",
  text: `WITH ${WANTED}, e AS (${eachOf("LIMIT $2::integer")})
    SELECT e.n, count(*)::integer AS count,
      CASE WHEN count(*) < $2::integer THEN string_agg(${EVENT_JSON}::text, ',') END AS events FROM e GROUP BY e.n`,
};

/**
 * Of each kind (stage, type, connection, agent) the earliest, and the latest of all: emissions and sends are cut at the
 * same number, so that none lacks the other by the cut. Uses the indexes of {@link LOAD_EVENTS}.
 */
export const LOAD_OVERSIZED: Statement = {
  name: "judge_load_oversized",
  text: `WITH ${WANTED}, found AS (${eachOf("OFFSET 0")}), e AS (
      SELECT f.*, count(*) OVER (PARTITION BY n) AS total,
        row_number() OVER (PARTITION BY n, stage, type, connection_id, agent_name, outcome ORDER BY time, seq, id) AS place,
        row_number() OVER (PARTITION BY n ORDER BY time DESC, seq DESC, id DESC) AS place_from_end FROM found f)
    SELECT e.n, max(e.total)::integer AS count, string_agg(${EVENT_JSON}::text, ',') AS events
    FROM e WHERE e.place <= ${EVENTS_PER_KIND} OR e.place_from_end = 1 GROUP BY e.n`,
};

export interface LoadedEvents {
  events: StoredEvent[];
  /** Lookups that have more than {@link EVENTS_PER_LOOKUP} events: only a part is among `events`. */
  oversized: OversizedLookup[];
}

interface Row {
  n: number;
  count: number;
  events: string | null;
}

/**
 * Reads the events of every lookup. An event may come more than once, when several lookups find it; what belongs to
 * `knownRuns` (ids by environment) may be left out. What events hold is taken from `recent` as far as it is there.
 */
export async function loadEvents(
  session: Session,
  lookups: readonly Lookup[],
  knownRuns: ReadonlyMap<string, ReadonlySet<string>>,
  recent: RecentEvents | null,
): Promise<LoadedEvents> {
  const loaded: LoadedEvents = { events: [], oversized: [] };
  const environments = new Set(lookups.map(({ environment }) => environment));
  for (const environment of environments) {
    const wanted = lookups.filter((lookup) => lookup.environment === environment);
    const idsBy = BY.map((by) => wanted.flatMap((lookup) => (lookup.by === by ? lookup.id : [])));
    const known = [...(knownRuns.get(environment) ?? [])];
    const events = await loadTogether(session, [environment, known, ...idsBy], recent);
    if (events) for (const event of events) loaded.events.push(event);
    else await loadEach(session, wanted, loaded);
  }
  return loaded;
}

interface References {
  count: number;
  ordinals: string | null;
  writers: string | null;
}

/** Null where there are too many. `values` are the parameters of {@link LOAD_EVENTS}. */
async function loadTogether(
  session: Session,
  values: readonly unknown[],
  recent: RecentEvents | null,
): Promise<StoredEvent[] | null> {
  const events: StoredEvent[] = [];
  if (recent?.isUseful()) {
    const [references] = await session.query<References>(LOAD_REFERENCES, ...values);
    if (!references || references.count > EVENTS_PER_LOOKUP) return null;
    const missing: number[] = [];
    const writers = numbersIn(references.writers);
    for (const [i, ordinal] of numbersIn(references.ordinals).entries()) {
      const event = recent.find(ordinal, writers[i] ?? 0);
      if (event) events.push(event);
      else missing.push(ordinal);
    }
    if (missing.length === 0) return events;
    if (missing.length <= FEW_MISSING) {
      const [row] = await session.query<Row>(LOAD_MISSING, ...values, missing);
      return [...events, ...parseEvents(row?.events ?? null)];
    }
  }
  const [row] = await session.query<Row>(LOAD_EVENTS, ...values);
  return row && row.count <= EVENTS_PER_LOOKUP ? parseEvents(row.events) : null;
}

/** Adds the events of each lookup to `loaded`; of an id with too many, a part. */
async function loadEach(session: Session, lookups: readonly Lookup[], loaded: LoadedEvents): Promise<void> {
  const wanted = lookups.map((lookup, n) => ({ n, ...lookup }));
  const rows = await session.query<Row>(LOAD_EACH, JSON.stringify(wanted), EVENTS_PER_LOOKUP + 1);
  for (const row of rows) for (const event of parseEvents(row.events)) loaded.events.push(event);

  const large = new Set(rows.filter((row) => row.count > EVENTS_PER_LOOKUP).map((row) => row.n));
  if (large.size === 0) return;
  const parts = wanted.filter(({ n }) => large.has(n));
  for (const row of await session.query<Row>(LOAD_OVERSIZED, JSON.stringify(parts))) {
    const events = parseEvents(row.events);
    const lookup = lookups[row.n];
    if (lookup) loaded.oversized.push({ ...lookup, total: row.count, read: events.length });
    for (const event of events) loaded.events.push(event);
  }
}
