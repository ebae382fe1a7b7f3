/** Silences: alerts whose labels match are not told, until an end. */
import { z } from "zod";

const iso = z.string();
const isoTime = z.iso.datetime({ offset: true, error: "must be an ISO 8601 time" });
const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cs}*$/u, "must be well-formed text");

export const matcher = z.strictObject({
  /** Name of a label. */
  name: text(100),
  op: z.enum(["=", "!="]),
  value: z
    .string()
    .max(1_024)
    .regex(/^[^\0]*$/, "must hold no NUL"),
});

export const silenceRow = z.object({
  id: z.string(),
  environment: z.string(),
  matchers: z.array(matcher),
  comment: z.string(),
  startsAt: iso,
  endsAt: iso,
  createdAt: iso,
  createdBy: z.string(),
  /** Who ended it early. */
  expiredBy: z.string().nullable(),
  state: z.enum(["pending", "active", "ended"]),
});
export type SilenceRow = z.infer<typeof silenceRow>;
export const silenceList = z.object({ items: z.array(silenceRow), nextCursor: z.string().nullable() });
export type SilenceList = z.infer<typeof silenceList>;

/** Body of POST /api/v1/silences. */
export const newSilence = z.strictObject({
  matchers: z
    .array(matcher)
    .min(1)
    .max(20)
    .refine(
      (matchers) => matchers.some(({ op, value }) => op === "=" && value !== ""),
      "one must say what a label is: whatever is not something would be nearly everything",
    ),
  /** Now, without it. */
  startsAt: isoTime.optional(),
  endsAt: isoTime,
  comment: text(1_000),
});
export type NewSilence = z.infer<typeof newSilence>;
