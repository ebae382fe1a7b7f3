/** Channels and the delivery log, page by page. */
import type { Database } from "../database";
import type { AlertChannel } from "../generated/client";

export interface ChannelQuery {
  /** Channels whose environments are all among these; "all" = every channel. */
  within: readonly string[] | "all";
  after: { createdAt: string; id: string } | null;
  limit: number;
}

export interface ListedChannel extends Omit<AlertChannel, "target" | "lease" | "leaseUntil" | "nextAt" | "revision"> {
  waiting: number;
  lastState: string | null;
  lastAt: Date | null;
  lastStatusCode: number | null;
  lastError: string | null;
}

const COLUMNS = `c.id, c.kind, c.name, c.shown, c.environments, c.minimum_severity AS "minimumSeverity",
  c.send_resolved AS "sendResolved", c.enabled, c.created_at AS "createdAt", c.created_by AS "createdBy",
  c.changed_at AS "changedAt", c.changed_by AS "changedBy",
  (SELECT count(*)::int FROM alert_delivery w WHERE w.channel_id = c.id AND w.state = 'waiting') AS waiting,
  l.state AS "lastState", l.tried_at AS "lastAt", l.status_code AS "lastStatusCode", l.error AS "lastError"`;
const LAST = `LEFT JOIN LATERAL (SELECT d.state, d.tried_at, d.status_code, d.error FROM alert_delivery d
  WHERE d.channel_id = c.id AND d.tried_at IS NOT NULL ORDER BY d.seq DESC LIMIT 1) l ON true`;

/** Uses alert_channel_created_idx; of deliveries alert_delivery_waiting_idx and alert_delivery_channel_idx. */
export const LIST_CHANNELS = `SELECT ${COLUMNS} FROM alert_channel c ${LAST}
WHERE ($1::text[] IS NULL OR c.environments <@ $1::text[])
  AND ($2::timestamptz IS NULL OR (c.created_at, c.id) < ($2::timestamptz, $3::text))
ORDER BY c.created_at DESC, c.id DESC LIMIT $4`;

/** Newest first. */
export async function listChannelRows({ pool }: Database, query: ChannelQuery): Promise<ListedChannel[]> {
  const { within, after, limit } = query;
  const values = [within === "all" ? null : within, after?.createdAt ?? null, after?.id ?? null, limit];
  return (await pool.query<ListedChannel>(LIST_CHANNELS, values)).rows;
}

/** Uses alert_channel_pkey. */
export const READ_CHANNEL = `SELECT ${COLUMNS} FROM alert_channel c ${LAST} WHERE c.id = $1`;

export async function readChannelRow({ pool }: Database, id: string): Promise<ListedChannel | null> {
  return (await pool.query<ListedChannel>(READ_CHANNEL, [id])).rows[0] ?? null;
}

export interface DeliveryQuery {
  within: readonly string[] | "all";
  channel: string | null;
  state: string | null;
  after: { seq: string } | null;
  limit: number;
}

export interface ListedDelivery {
  /** bigint as text. */
  seq: string;
  id: string;
  channelId: string;
  channelName: string;
  environment: string;
  status: string;
  title: string | null;
  alerts: number;
  isTest: boolean;
  state: string;
  attempts: number;
  repeats: number;
  statusCode: number | null;
  error: string | null;
  createdAt: Date;
  triedAt: Date | null;
  nextAt: Date | null;
}

const DELIVERY = `d.seq, d.id, d.channel_id AS "channelId", c.name AS "channelName", d.environment, d.status,
  coalesce(d.notification #>> '{groupLabels,alertname}', d.notification #>> '{alerts,0,labels,alertname}') AS title,
  jsonb_array_length(d.notification -> 'alerts') AS alerts, d.is_test AS "isTest", d.state, d.attempts, d.repeats,
  d.status_code AS "statusCode", d.error, d.created_at AS "createdAt", d.tried_at AS "triedAt",
  CASE WHEN d.state = 'waiting' THEN d.next_at ELSE d.repeat_at END AS "nextAt"`;

/** Uses alert_delivery_pkey. */
export const LIST_DELIVERIES = `SELECT ${DELIVERY} FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
WHERE ($1::text[] IS NULL OR c.environments <@ $1::text[]) AND ($2::text IS NULL OR d.state = $2)
  AND ($3::bigint IS NULL OR d.seq < $3)
ORDER BY d.seq DESC LIMIT $4`;
/** Uses alert_delivery_channel_idx. */
export const LIST_DELIVERIES_OF_CHANNEL = LIST_DELIVERIES.replace("WHERE ", "WHERE d.channel_id = $5 AND ");

/** Newest first. */
export async function listDeliveryRows({ pool }: Database, query: DeliveryQuery): Promise<ListedDelivery[]> {
  const { within, channel, state, after, limit } = query;
  const values = [within === "all" ? null : within, state, after?.seq ?? null, limit];
  const { rows } = await (channel === null
    ? pool.query<ListedDelivery>(LIST_DELIVERIES, values)
    : pool.query<ListedDelivery>(LIST_DELIVERIES_OF_CHANNEL, [...values, channel]));
  return rows;
}

/** Uses alert_delivery_environment_idx. */
export const DELIVERIES_PULSE = `SELECT md5(string_agg(concat_ws(' ', seq, state, attempts, repeats, status_code), ','))
  AS pulse FROM (SELECT seq, state, attempts, repeats, status_code FROM alert_delivery WHERE environment = $1
  ORDER BY seq DESC LIMIT 100) newest`;

/** Another text as soon as one of the newest hundred deliveries of an environment is another or stands elsewhere. */
export async function readDeliveriesPulse({ pool }: Pick<Database, "pool">, environment: string): Promise<string> {
  const { rows } = await pool.query<{ pulse: string | null }>(DELIVERIES_PULSE, [environment]);
  return rows[0]?.pulse ?? "";
}

/** Uses alert_delivery_waiting_idx, whole: it holds only what waits. */
export const WAITING_DELIVERIES = `SELECT environment, count(*)::int AS waiting FROM alert_delivery
WHERE state = 'waiting' GROUP BY environment`;

/** How many deliveries are still to be made, by environment. */
export async function countWaitingDeliveries({ pool }: Pick<Database, "pool">): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ environment: string; waiting: number }>(WAITING_DELIVERIES);
  return new Map(rows.map(({ environment, waiting }) => [environment, waiting]));
}
