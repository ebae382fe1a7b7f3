/** Opaque page cursors: where the last page ended, so that rows added meanwhile are neither skipped nor shown twice. */
import { z } from "zod";

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
