/** What an admin may change while Signalbox runs: policy, aliases, field names that may be shown, and what is kept. */
import { z } from "zod";
import { policyOverrides, policyValues } from "@/domain/journeys/policy-values";
import { allowedFieldName } from "@/domain/redaction/allow-list";

const iso = z.string();
const isoTime = z.iso.datetime({ offset: true, error: "must be an ISO 8601 time" });

/** Where a value comes from: nobody set it, a variable of the environment did, or somebody did here. */
export const valueOrigin = z.enum(["default", "variable", "saved"]);
export type ValueOrigin = z.infer<typeof valueOrigin>;

export const policyField = z.enum(policyValues.keyof().options);
export type PolicyField = z.infer<typeof policyField>;

/** One value that a version changed; as text, because it is only read. */
export const policyFieldChange = z.object({ field: policyField, before: z.string(), after: z.string() });
export type PolicyFieldChange = z.infer<typeof policyFieldChange>;

export const policyVersionRow = z.object({
  version: z.number(),
  /** Journeys that began since are judged by it, until a later version; null = since ever. */
  from: iso.nullable(),
  savedAt: iso,
  savedBy: z.string(),
  /** Whether it was saved for this environment alone, or is that of all environments. */
  scope: z.enum(["environment", "all"]),
  changes: z.array(policyFieldChange),
});
export type PolicyVersionRow = z.infer<typeof policyVersionRow>;

export const policyView = z.object({
  environment: z.string(),
  version: z.number(),
  values: policyValues,
  /** The environment's own values; the others are those of all environments. */
  own: policyOverrides,
  /** What would count without own values. */
  base: policyValues,
  origins: z.record(policyField, valueOrigin),
  aliases: z.array(
    z.object({
      alias: z.string(),
      type: z.string(),
      origin: z.enum(["built_in", "variable", "saved"]),
      /** Whether it holds only where a message may be on its way in. */
      inboundOnly: z.boolean(),
    }),
  ),
  /** Newest first. */
  history: z.array(policyVersionRow),
  historyOmitted: z.number(),
});
export type PolicyView = z.infer<typeof policyView>;

/** Body of PUT /api/v1/policy. */
export const policyChange = z.strictObject({
  /** The version that was seen; another one in between refuses the change. */
  basedOn: z.number().int(),
  /** All values that the environment has of its own from now on; a value left out is that of all environments. */
  own: policyOverrides,
  /** Judge again what began since. Without it the change counts for what begins from now on. */
  applyFrom: isoTime.nullable().optional(),
});
export type PolicyChange = z.infer<typeof policyChange>;

/** Answer of PUT /api/v1/policy?dryRun=true. */
export const policyDryRun = z.object({
  changes: z.array(policyFieldChange),
  /** Journeys that would be judged again; `atLeast` when counting stopped there. */
  journeys: z.number(),
  atLeast: z.boolean(),
});
export type PolicyDryRun = z.infer<typeof policyDryRun>;

const MIB = 1024 ** 2;
export const MIN_DISK_BYTES = 100 * MIB;
const limitView = z.object({ value: z.number(), origin: valueOrigin, variable: z.string(), fallback: z.number() });

export const storedDay = z.object({
  day: z.string(),
  bytes: z.number(),
  /** As the database last estimated it; null = not yet. */
  events: z.number().nullable(),
});
export const retentionView = z.object({
  revision: z.number(),
  savedAt: iso.nullable(),
  savedBy: z.string().nullable(),
  retentionDays: limitView,
  maxDiskBytes: limitView,
  /** What is stored now, newest day first. */
  days: z.array(storedDay),
  daysOmitted: z.number(),
  telemetryBytes: z.number(),
  /** Verdicts, counters and everything else that is not telemetry of a day. */
  otherBytes: z.number(),
  storageFull: z.boolean(),
  /** Days that went, newest first. */
  dropped: z.array(
    z.object({
      day: z.string(),
      events: z.number(),
      bytes: z.number(),
      reason: z.enum(["age", "size"]),
      droppedAt: iso,
    }),
  ),
});
export type RetentionView = z.infer<typeof retentionView>;

/** Body of PUT /api/v1/retention; null = the default. */
export const retentionChange = z.strictObject({
  basedOn: z.number().int(),
  retentionDays: z
    .number({ error: "must be a number of days" })
    .min(1, "must be at least 1 day")
    .max(400, "must be at most 400 days")
    .nullable(),
  maxDiskBytes: z
    .int({ error: "must be a number of bytes" })
    .min(MIN_DISK_BYTES, "must be at least 100 MiB")
    .max(1024 ** 5, "must be at most 1 PiB")
    .nullable(),
});
export type RetentionChange = z.infer<typeof retentionChange>;

/** Answer of PUT /api/v1/retention?dryRun=true: what would go at once. */
export const retentionDryRun = z.object({
  days: z.number(),
  oldest: z.string().nullable(),
  newest: z.string().nullable(),
  events: z.number(),
  /** False when the database's own estimate was taken for a large day. */
  eventsExact: z.boolean(),
  bytes: z.number(),
  bytesAfter: z.number(),
  /** What is left would still be more than may be kept: telemetry would be refused. */
  storageFull: z.boolean(),
});
export type RetentionDryRun = z.infer<typeof retentionDryRun>;

export const allowedFieldsView = z.object({
  revision: z.number(),
  savedAt: iso.nullable(),
  savedBy: z.string().nullable(),
  items: z.array(z.object({ name: z.string(), origin: z.enum(["built_in", "variable", "saved"]) })),
});
export type AllowedFieldsView = z.infer<typeof allowedFieldsView>;

const MAX_ALLOWED_FIELDS = 200;

/** Body of PUT /api/v1/allowed-fields: the names saved here, beside those that are built in or set by the variable. */
export const allowedFieldsChange = z.strictObject({
  basedOn: z.number().int(),
  names: z
    .array(allowedFieldName)
    .max(MAX_ALLOWED_FIELDS, `must be at most ${MAX_ALLOWED_FIELDS} names`)
    .refine((names) => new Set(names).size === names.length, "names one field twice"),
});
export type AllowedFieldsChange = z.infer<typeof allowedFieldsChange>;
