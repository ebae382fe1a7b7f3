/** Shape of one telemetry event's fields on the wire, after the envelope is opened. Issues carry the rejection code in `params.code`. */
import { z } from "zod";
import { STAGES } from "./event";
import type { FieldName } from "./fields";
import { parseTime } from "./parse-time";
import { isCleanName, utf8Bytes } from "./text";

export const MAX_NAME_BYTES = 256;
const MAX_INT4 = 2_147_483_647;

const name = z
  .string({ error: "must be a string" })
  .refine((text) => text.length <= MAX_NAME_BYTES && utf8Bytes(text) <= MAX_NAME_BYTES, {
    error: `must have at most ${MAX_NAME_BYTES} bytes`,
    params: { code: "too_long" },
    abort: true,
  })
  .refine(isCleanName, { error: "must be valid UTF-8 without NUL" });

const time = z.unknown().transform((value, context) => {
  const timeMs = parseTime(value);
  if (timeMs !== null) return timeMs;
  context.addIssue({ code: "custom", message: "must be an ISO 8601 string or a number (seconds, ms, µs or ns)" });
  return z.NEVER;
});

const notNegative = z.number({ error: "must be a number" }).nonnegative("must not be negative");
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const fields = {
  id: name,
  time,
  stage: z.enum(STAGES, { error: `must be one of ${STAGES.join(", ")}` }),
  type: name.optional(),
  userId: name.optional(),
  connectionId: name.optional(),
  threadId: name.optional(),
  runId: name.optional(),
  messageId: name.optional(),
  inReplyTo: name.optional(),
  agentName: name.optional(),
  parentAgent: name.optional(),
  toolName: name.optional(),
  toolCallId: name.optional(),
  router: name.optional(),
  handler: name.optional(),
  errorCode: name.optional(),
  payloadHash: name.optional(),
  service: name.optional(),
  instance: name.optional(),
  environment: name.optional(),
  version: name.optional(),
  seq: z.int({ error: "must be an integer" }).optional(),
  attempt: z.int({ error: "must be an integer" }).min(1, "must be at least 1").max(MAX_INT4, "is too large").optional(),
  outcome: z.enum(["ok", "error"], { error: "must be ok or error" }).optional(),
  errorMessage: z.string({ error: "must be a string" }).optional(),
  durationMs: notNegative.optional(),
  payloadBytes: notNegative.optional(),
  payload: z.unknown().optional(),
  scope: z.enum(["user", "thread", "broadcast"], { error: "must be user, thread or broadcast" }).optional(),
  attributes: z
    .record(z.string(), scalar, { error: "must be a flat object of strings, numbers, booleans and nulls" })
    .optional(),
} satisfies Record<FieldName, z.ZodType>;

export const wireEvent = z.object(fields);
export type WireEvent = z.infer<typeof wireEvent>;

/** Whether `value` could be the contract's `field`. */
export function fitsField(field: FieldName, value: unknown): boolean {
  return fields[field].safeParse(value).success;
}
