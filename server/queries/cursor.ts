/** Opaque page cursors: where the last page ended, so that rows added meanwhile are neither skipped nor shown twice. */
import { z } from "zod";

const figure = z.string().regex(/^\d{1,9}$/);

export const eventPosition = z.object({
  at: z.string().regex(/^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z$/),
  seq: z.string().regex(/^-?\d{1,19}$/),
  id: z.string().max(1024),
});
export const journeyPosition = z.object({
  startedAt: z.iso.datetime(),
  environment: z.string().max(256),
  key: z.string().max(4096),
});
export const seenPosition = z.object({ seenAt: z.iso.datetime(), environment: z.string().max(256), id: z.string() });
export const createdPosition = z.object({ createdAt: z.iso.datetime(), id: z.string().max(64) });
export const occurrencePosition = z.object({ at: z.iso.datetime(), key: z.string().max(4096) });
export const endedPosition = z.object({ at: z.iso.datetime(), id: z.string().max(64) });
export const committedPosition = z.object({ committedAt: z.iso.datetime(), id: z.string().max(64) });
/** Of lists that never change. */
export const skippedPosition = z.object({ skip: z.int().min(0).max(10_000_000) });
export const runPosition = z.object({ ranAt: z.iso.datetime(), id: z.string().max(64) });
export const auditPosition = z.object({ seq: z.string().regex(/^\d{1,18}$/) });
/** For each order of the users list: what `value` must be. */
export const userPosition = {
  seen: usersSortedBy(z.string().regex(/^(-infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00)$/)),
  name: usersSortedBy(z.string().max(1024)),
  open: usersSortedBy(figure),
  journeys: usersSortedBy(figure),
  failed: usersSortedBy(figure),
  leaks: usersSortedBy(figure),
};

function usersSortedBy(value: z.ZodString) {
  return z.object({ value, environment: z.string().max(256), id: z.string().max(1024) });
}

/** A cursor that only {@link readCursor} understands. */
export function writeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The position in a cursor; null when it is none of this kind. */
export function readCursor<T extends z.ZodType>(schema: T, cursor: string): z.infer<T> | null {
  try {
    const text = Buffer.from(cursor, "base64url").toString("utf8");
    const parsed = schema.safeParse(text.includes("\\u0000") ? null : JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
