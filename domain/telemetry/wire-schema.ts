/** Shape of one telemetry event's fields on the wire, after the envelope is opened. Issues carry the rejection code in `params.code`. */
import { z } from "zod";
import { STAGES } from "./event";
import { type FieldName, NAME_FIELDS } from "./fields";
import { parseTime } from "./parse-time";
import { isCleanName, isPrintableAscii, utf8Bytes } from "./text";

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

const OUTCOMES = ["ok", "error"] as const;
const SCOPES = ["user", "thread", "broadcast"] as const;

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
  outcome: z.enum(OUTCOMES, { error: "must be ok or error" }).optional(),
  errorMessage: z.string({ error: "must be a string" }).optional(),
  durationMs: notNegative.optional(),
  payloadBytes: notNegative.optional(),
  payload: z.unknown().optional(),
  scope: z.enum(SCOPES, { error: "must be user, thread or broadcast" }).optional(),
  attributes: z
    .record(z.string(), scalar, { error: "must be a flat object of strings, numbers, booleans and nulls" })
    .optional(),
} satisfies Record<FieldName, z.ZodType>;

export const wireEvent = z.object(fields);
export type WireEvent = z.infer<typeof wireEvent>;

type Fields = Partial<Record<FieldName, unknown>>;

/** What nearly every event holds, told faster than by the schema. Others, and `attributes`, it has to decide. */
const isPlain: Partial<Record<FieldName, (value: unknown) => boolean>> = {
  ...Object.fromEntries(NAME_FIELDS.map((field) => [field, isPlainName])),
  stage: isOneOf(STAGES),
  outcome: isOneOf(OUTCOMES),
  scope: isOneOf(SCOPES),
  seq: Number.isSafeInteger,
  attempt: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= MAX_INT4,
  durationMs: isNotNegative,
  payloadBytes: isNotNegative,
  errorMessage: (value) => typeof value === "string",
  payload: () => true,
};

function isPlainName(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_NAME_BYTES && isPrintableAscii(value);
}

function isOneOf(values: readonly string[]): (value: unknown) => boolean {
  const known: ReadonlySet<unknown> = new Set(values);
  return (value) => known.has(value);
}

function isNotNegative(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY;
}

/** The fields as the schema would give them, or null where only the schema can tell. */
function readPlain(given: Fields): WireEvent | null {
  if (given.id === undefined || given.stage === undefined) return null;
  const timeMs = parseTime(given.time);
  if (timeMs === null) return null;
  for (const field in given) {
    if (field !== "time" && !isPlain[field as FieldName]?.(given[field as FieldName])) return null;
  }
  return { ...given, time: timeMs } as WireEvent;
}

/** Parses the fields of one event; the same as {@link wireEvent}, in a tenth of the time where nothing is wrong. */
export function parseWireEvent(given: Fields): ReturnType<typeof wireEvent.safeParse> {
  const plain = readPlain(given);
  return plain ? { success: true, data: plain } : wireEvent.safeParse(given);
}

/** Whether `value` could be the contract's `field`. */
export function fitsField(field: FieldName, value: unknown): boolean {
  return fields[field].safeParse(value).success;
}
