/**
 * Socket.IO between a watched router and Signalbox: the stream a source serves (`telemetry`, `gap`)
 * and the push namespace that Signalbox serves. Events inside are parsed one by one, so they stay `unknown` here.
 */
import { z } from "zod";

export { STAGES, type Stage } from "@/domain/telemetry/event";
/** What each stage of an observation needs beside itself: one table for those who send and those who take. */
export { requirementsOf } from "@/domain/telemetry/requirements";

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

/** How a pusher introduces itself. With a service it is shown as a source of its own, and may announce gaps. */
export const pushAuth = z.object({
  key: z.string(),
  service: z.string().min(1).max(256).optional(),
  environment: z.string().min(1).max(256).optional(),
});
export type PushAuth = z.infer<typeof pushAuth>;

export const pushBatch = z.object({
  sentAt: z.union([z.string(), z.number()]).optional(),
  events: z.array(z.unknown()),
});

/**
 * Events that a pusher had to give up before they could be pushed: positions `from` up to, not including, `to` in one
 * life of its process. Announced again after a reconnect, perhaps longer, until it was answered.
 */
export const pushGap = z.object({
  epoch: z.string().min(1).max(64),
  from: z.number().int().nonnegative(),
  to: z.number().int().positive(),
  /** Start of that process life (ms since the epoch): nothing was given up before. */
  sinceMs: z.number().nonnegative(),
});
export type PushGap = z.infer<typeof pushGap>;

/** The answer to a pushed batch or gap that was not stored. */
export const pushRefusal = z.object({
  error: z.object({ code: z.string(), message: z.string(), retryAfterMs: z.number().nonnegative().optional() }),
});
export type PushRefusal = z.infer<typeof pushRefusal>;
