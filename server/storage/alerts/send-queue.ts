/**
 * The outbox as senders see it. A channel is leased to one sender at a time; of its groups each first delivery that waits
 * may go, so the order within a group is kept and one that fails holds up its own group only.
 */
import { LOOK_HOLDS_MS } from "@/domain/alerts/look-age";
import type { Database } from "../database";

/** A first of its group whose time has come. `$1` = now in ms. */
const DUE = `d.state = 'waiting' AND d.next_at <= to_timestamp($1::float8 / 1000) AND NOT EXISTS (
    SELECT 1 FROM alert_delivery e WHERE e.channel_id = d.channel_id AND e.environment = d.environment
      AND e.group_key = d.group_key AND e.state = 'waiting' AND e.seq < d.seq)`;
/**
 * The last that was told of its group (what is told may be committed while the one before is sent), as long as somebody looks
 * at the rules: what nobody looks at may be over. `$1` = now in ms.
 */
const REPEAT = `d.repeat_at <= to_timestamp($1::float8 / 1000) AND EXISTS (
    SELECT 1 FROM alert_evaluation v WHERE v.environment = d.environment AND v.rule = 'watchdog'
      AND v.evaluated_at > to_timestamp(($1::float8 - ${LOOK_HOLDS_MS}) / 1000)) AND NOT EXISTS (
    SELECT 1 FROM alert_delivery e WHERE e.channel_id = d.channel_id AND e.environment = d.environment
      AND e.group_key = d.group_key AND e.seq > d.seq)`;

/** Channels are few. Of deliveries: alert_delivery_waiting_idx, alert_delivery_repeat_idx, alert_delivery_channel_idx; alert_evaluation_pkey. */
export const LEASE_CHANNEL = `
WITH chosen AS (
  SELECT c.id FROM alert_channel c
  WHERE c.enabled AND c.next_at <= to_timestamp($1::float8 / 1000)
    AND (c.lease_until IS NULL OR c.lease_until <= to_timestamp($1::float8 / 1000))
    AND (EXISTS (SELECT 1 FROM alert_delivery d WHERE d.channel_id = c.id AND ${DUE})
      OR EXISTS (SELECT 1 FROM alert_delivery d WHERE d.channel_id = c.id AND ${REPEAT}))
  ORDER BY c.next_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
UPDATE alert_channel c SET lease = $2, lease_until = to_timestamp(($1::float8 + $3::float8) / 1000)
FROM chosen WHERE c.id = chosen.id
RETURNING c.id, c.kind, c.name, c.target`;

const COLUMNS = `d.seq, d.id, d.environment, d.status, d.notification, d.attempts, d.created_at AS "createdAt"`;
/** Uses alert_delivery_waiting_idx. */
export const DUE_DELIVERY = `SELECT ${COLUMNS}, false AS repeats FROM alert_delivery d
WHERE d.channel_id = $2 AND ${DUE} ORDER BY d.seq LIMIT 1`;
/** Uses alert_delivery_repeat_idx; of what was told later alert_delivery_channel_idx; alert_evaluation_pkey. */
export const DUE_REPEAT = `SELECT ${COLUMNS}, true AS repeats FROM alert_delivery d
WHERE d.channel_id = $2 AND ${REPEAT} ORDER BY d.repeat_at, d.seq LIMIT 1`;

export interface LeasedChannel {
  id: string;
  kind: string;
  name: string;
  target: Uint8Array;
}
export interface DueDelivery {
  /** bigint as text. */
  seq: string;
  id: string;
  environment: string;
  status: string;
  notification: unknown;
  attempts: number;
  createdAt: Date;
  /** Whether it was delivered before and is told again. */
  repeats: boolean;
}
export interface Claim {
  lease: string;
  channel: LeasedChannel;
  delivery: DueDelivery;
}

/** Leases a channel that has something to send for `leaseMs`; null when none has. */
export async function claimDelivery(
  { pool }: Pick<Database, "pool">,
  { lease, leaseMs, nowMs }: { lease: string; leaseMs: number; nowMs: number },
): Promise<Claim | null> {
  const [channel] = (await pool.query<LeasedChannel>(LEASE_CHANNEL, [nowMs, lease, leaseMs])).rows;
  if (!channel) return null;
  const first = async (text: string) => (await pool.query<DueDelivery>(text, [nowMs, channel.id])).rows[0];
  const delivery = (await first(DUE_DELIVERY)) ?? (await first(DUE_REPEAT));
  if (delivery) return { lease, channel, delivery };
  await pool.query(RELEASE_CHANNEL, [channel.id, lease, nowMs]);
  return null;
}

/** Uses alert_channel_pkey. */
export const RELEASE_CHANNEL = `UPDATE alert_channel SET lease = NULL, lease_until = NULL,
  next_at = to_timestamp($3::float8 / 1000) WHERE id = $1 AND lease = $2`;

/** What an attempt left behind; times in ms. */
export interface Mark {
  state: "waiting" | "sent" | "failed" | "expired";
  statusCode: number | null;
  error: string | null;
  triedAtMs: number;
  /** The next attempt of a delivery that waits. */
  nextAtMs: number;
  /** When Alertmanager wants to hear of it again; null = never. */
  repeatAtMs: number | null;
  /** The channel sends nothing before. */
  channelNextAtMs: number;
}

/**
 * Gives the lease back and writes what became of the attempt, both only where the lease still holds. One that was switched
 * off meanwhile stays so, one that has a successor is not repeated. Uses alert_channel_pkey, alert_delivery_pkey and, for
 * successors, alert_delivery_channel_idx.
 */
export const MARK_ATTEMPT = `
WITH held AS (
  UPDATE alert_channel SET lease = NULL, lease_until = NULL, next_at = to_timestamp($9::float8 / 1000)
  WHERE id = $1 AND lease = $2 RETURNING id)
UPDATE alert_delivery d SET state = $4, attempts = d.attempts + 1, status_code = $5, error = $6,
  tried_at = to_timestamp($7::float8 / 1000), next_at = to_timestamp($8::float8 / 1000),
  ended_at = CASE WHEN $4 = 'waiting' THEN NULL ELSE to_timestamp($7::float8 / 1000) END,
  repeat_at = CASE WHEN NOT EXISTS (SELECT 1 FROM alert_delivery e WHERE e.channel_id = d.channel_id AND e.seq > d.seq
      AND e.environment = d.environment AND e.group_key = d.group_key)
    THEN to_timestamp($10::float8 / 1000) END
FROM held WHERE d.seq = $3::bigint AND d.channel_id = held.id AND d.state = 'waiting'`;

/** The same for one that is told again, which may be taken now though it was refused; one whose repeating was ended meanwhile stays so. */
export const MARK_REPEAT = `
WITH held AS (
  UPDATE alert_channel SET lease = NULL, lease_until = NULL, next_at = to_timestamp($8::float8 / 1000)
  WHERE id = $1 AND lease = $2 RETURNING id)
UPDATE alert_delivery d SET state = CASE WHEN $5::text IS NULL THEN 'sent' ELSE d.state END,
  repeats = d.repeats + 1, status_code = $4, error = $5,
  tried_at = to_timestamp($6::float8 / 1000), repeat_at = to_timestamp($7::float8 / 1000)
FROM held WHERE d.seq = $3::bigint AND d.channel_id = held.id AND d.repeat_at IS NOT NULL`;

export async function markAttempt({ pool }: Pick<Database, "pool">, claim: Claim, mark: Mark): Promise<void> {
  const { lease, channel, delivery } = claim;
  const { state, statusCode, error, triedAtMs, nextAtMs, repeatAtMs, channelNextAtMs } = mark;
  const held = [channel.id, lease, delivery.seq];
  if (delivery.repeats) {
    await pool.query(MARK_REPEAT, [...held, statusCode, error, triedAtMs, repeatAtMs, channelNextAtMs]);
  } else {
    const told = [state, statusCode, error, triedAtMs, nextAtMs, channelNextAtMs, repeatAtMs];
    await pool.query(MARK_ATTEMPT, [...held, ...told]);
  }
}

/** Uses alert_delivery_waiting_idx. */
export const EXPIRE_DELIVERIES = `UPDATE alert_delivery SET state = 'expired', ended_at = to_timestamp($1::float8 / 1000)
WHERE state = 'waiting' AND created_at <= to_timestamp(($1::float8 - $2::float8) / 1000)`;

/** Gives up what has waited for `afterMs`. */
export async function expireDeliveries(db: Pick<Database, "pool">, nowMs: number, afterMs: number): Promise<void> {
  await db.pool.query(EXPIRE_DELIVERIES, [nowMs, afterMs]);
}

/** Uses alert_delivery_ended_idx. */
export const FORGET_DELIVERIES = `DELETE FROM alert_delivery
WHERE ended_at < to_timestamp($1::float8 / 1000) AND repeat_at IS NULL`;

/** Removes what ended before a time from the log, except what is still told again. */
export async function forgetDeliveries(db: Pick<Database, "pool">, beforeMs: number): Promise<void> {
  await db.pool.query(FORGET_DELIVERIES, [beforeMs]);
}
