/** Channels, written within the transaction in which they are told what fires. */
import type { Connection } from "./alerts";

export interface ChannelValues {
  id: string;
  name: string;
  environments: readonly string[];
  minimumSeverity: string;
  sendResolved: boolean;
  enabled: boolean;
  /** Sealed, and what of it may be seen; null = what is stored stays. */
  target: { sealed: Uint8Array; shown: object } | null;
}

/** Who writes, and when in ms. */
export interface Writing {
  by: string;
  nowMs: number;
}

/** Only inserts. */
export const INSERT_CHANNEL = `INSERT INTO alert_channel (id, kind, name, environments, minimum_severity, send_resolved,
    enabled, target, shown, next_at, created_at, created_by, changed_at, changed_by)
  SELECT $1, $2, $3, $4::text[], $5, $6::boolean, $7::boolean, $8::bytea, $9::jsonb, t.now, t.now, $11, t.now, $11
  FROM to_timestamp($10::float8 / 1000) AS t(now)`;

export async function insertChannel(
  tx: Connection,
  kind: string,
  { id, name, environments, minimumSeverity, sendResolved, enabled, target }: ChannelValues,
  { by, nowMs }: Writing,
): Promise<void> {
  const plain = [id, kind, name, environments, minimumSeverity, sendResolved, enabled];
  await tx.query(INSERT_CHANNEL, [...plain, target?.sealed, JSON.stringify(target?.shown), nowMs, by]);
}

/** Uses alert_channel_pkey. A channel that leads elsewhere is called at once, however long the address before asked it to wait. */
export const UPDATE_CHANNEL = `UPDATE alert_channel SET name = $3, environments = $4::text[], minimum_severity = $5,
    send_resolved = $6::boolean, enabled = $7::boolean, target = coalesce($8::bytea, target),
    shown = coalesce($9::jsonb, shown),
    next_at = CASE WHEN $8::bytea IS NULL THEN next_at ELSE to_timestamp($10::float8 / 1000) END,
    changed_at = to_timestamp($10::float8 / 1000), changed_by = $11, revision = revision + 1
  WHERE id = $1 AND revision = $2::integer`;

/** false = it is not as it was at this revision any more, and nothing is written. */
export async function updateChannel(
  tx: Connection,
  revision: number,
  { id, name, environments, minimumSeverity, sendResolved, enabled, target }: ChannelValues,
  { by, nowMs }: Writing,
): Promise<boolean> {
  const plain = [id, revision, name, environments, minimumSeverity, sendResolved, enabled];
  const led = [target?.sealed ?? null, target ? JSON.stringify(target.shown) : null];
  return (await tx.query(UPDATE_CHANNEL, [...plain, ...led, nowMs, by])).rowCount === 1;
}

/** Uses alert_delivery_waiting_idx. */
export const CANCEL_DELIVERIES = `UPDATE alert_delivery SET state = 'cancelled', ended_at = to_timestamp($2::float8 / 1000)
  WHERE channel_id = $1 AND state = 'waiting'`;

/** Gives up what waits in a channel. */
export async function cancelDeliveries(tx: Connection, channel: string, nowMs: number): Promise<void> {
  await tx.query(CANCEL_DELIVERIES, [channel, nowMs]);
}

/** Uses alert_delivery_repeat_idx. */
export const END_CHANNEL_REPEATS = `UPDATE alert_delivery SET repeat_at = NULL
  WHERE channel_id = $1 AND repeat_at IS NOT NULL`;

/** Nothing that a channel was told is told it again. */
export async function endChannelRepeats(tx: Connection, channel: string): Promise<void> {
  await tx.query(END_CHANNEL_REPEATS, [channel]);
}
