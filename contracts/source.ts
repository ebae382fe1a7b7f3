/**
 * Socket.IO between a watched router and Signalbox: the stream a source serves (`telemetry`, `gap`)
 * and the push namespace that Signalbox serves. Events inside are parsed one by one, so they stay `unknown` here.
 */
import { z } from "zod";

export const PUSH_NAMESPACE = "/telemetry";
/** A source sends at most this many batches before it waits for an acknowledgement. */
export const MAX_UNACKNOWLEDGED_BATCHES = 8;

export const sourceAuth = z.object({ token: z.string(), cursor: z.string().nullable() });
export const sourceBatch = z.object({
  cursor: z.string().max(256),
  sentAt: z.union([z.string(), z.number()]).optional(),
  events: z.array(z.unknown()),
});
export type SourceBatch = z.infer<typeof sourceBatch>;

export const sourceBatchAck = z.object({
  cursor: z.string(),
  accepted: z.number(),
  duplicates: z.number(),
  rejectedTotal: z.number(),
});
export type SourceBatchAck = z.infer<typeof sourceBatchAck>;

/** The part of the stream between two cursors that the source can no longer replay. `lost` = events, null if unknown. */
export const sourceGap = z.object({
  from: z.string().max(256).nullable(),
  to: z.string().max(256),
  lost: z.number().int().nonnegative().nullable(),
});
export type SourceGap = z.infer<typeof sourceGap>;

export const pushBatch = z.object({
  sentAt: z.union([z.string(), z.number()]).optional(),
  events: z.array(z.unknown()),
});
