/** Who may do what: keys, people and their sessions, and the audit log. All of it is for admins. */
import { z } from "zod";

const iso = z.string();

/** `ingest` sends telemetry, `read` reads, `admin` does both and manages. People are `read` or `admin`. */
export const keyRole = z.enum(["ingest", "read", "admin"]);
export type KeyRole = z.infer<typeof keyRole>;
export const personRole = z.enum(["read", "admin"]);
export type PersonRole = z.infer<typeof personRole>;

/** Stands alone in a key's environments: every environment there is and will be. */
export const ALL_ENVIRONMENTS = "*";

const perMinute = z.number().int().min(1).max(100_000_000).nullable();
const label = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{C}*$/u, "must be one line of text");

/** The name of a key or of a person, as it is shown in lists. */
export const accessName = label;

/** The environments that a key or a channel is for. */
export const environmentNames = z
  .array(z.string().min(1).max(256))
  .min(1)
  .max(50)
  .refine((names) => new Set(names).size === names.length, "names one environment twice")
  .refine((names) => names.length === 1 || !names.includes(ALL_ENVIRONMENTS), `"${ALL_ENVIRONMENTS}" stands alone`);

/** Body of POST /api/v1/keys. Events that name no environment go to the first; a limit of null is none. */
export const newKey = z.strictObject({
  name: label,
  role: keyRole,
  environments: environmentNames,
  /** Requests and socket messages that this key may send in a minute. */
  requestsPerMinute: perMinute.optional(),
  /** Telemetry events that this key may send in a minute. */
  eventsPerMinute: perMinute.optional(),
});
export type NewKey = z.infer<typeof newKey>;

export const keyRow = z.object({
  id: z.string(),
  name: z.string(),
  /** How the secret begins; enough to recognise it, not to guess it. */
  prefix: z.string(),
  role: keyRole,
  environments: z.array(z.string()),
  requestsPerMinute: z.number().nullable(),
  eventsPerMinute: z.number().nullable(),
  createdAt: iso,
  createdBy: z.string(),
  /** Written at most once a minute. */
  lastUsedAt: iso.nullable(),
  revokedAt: iso.nullable(),
  revokedBy: z.string().nullable(),
});
export type KeyRow = z.infer<typeof keyRow>;
export const keyList = z.object({
  items: z.array(keyRow),
  nextCursor: z.string().nullable(),
  /** Whether the setting SIGNALBOX_ADMIN_KEY holds a key beside those listed. */
  presetAdminKey: z.boolean(),
});
export type KeyList = z.infer<typeof keyList>;

/** Answer of POST /api/v1/keys: the only time that the secret is shown. */
export const createdKey = keyRow.extend({ secret: z.string() });
export type CreatedKey = z.infer<typeof createdKey>;

export const sessionRow = z.object({
  id: z.string(),
  person: z.string(),
  role: personRole,
  /** Where the person signed in from. */
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: iso,
  /** Written at most once a minute. */
  lastSeenAt: iso,
  /** When it ends unless it is used before. */
  expiresAt: iso,
  revokedAt: iso.nullable(),
  revokedBy: z.string().nullable(),
  /** Whether it is the caller's own. */
  current: z.boolean(),
});
export type SessionRow = z.infer<typeof sessionRow>;
export const sessionList = z.object({ items: z.array(sessionRow), nextCursor: z.string().nullable() });
export type SessionList = z.infer<typeof sessionList>;

/** Answer of DELETE /api/v1/people/:person: what ended. */
export const removedPerson = z.object({ person: z.string(), sessions: z.number(), links: z.number() });
export type RemovedPerson = z.infer<typeof removedPerson>;

export const auditAction = z.enum([
  "timeline_read",
  "events_exported",
  "key_created",
  "key_revoked",
  "canary_created",
  "canary_deleted",
  "session_revoked",
  "person_removed",
  "invited",
  "signed_in",
  "signed_out",
  "policy_changed",
  "settings_changed",
  "user_erased",
  "incident_changed",
  "incident_exported",
  "channel_created",
  "channel_changed",
  "channel_deleted",
  "channel_tested",
  "test_suite_changed",
  "silence_created",
  "silence_ended",
  "scan_stored",
  "campaign_changed",
  "campaign_deleted",
  "campaign_ended",
]);
export type AuditAction = z.infer<typeof auditAction>;

export const auditEntry = z.object({
  id: z.string(),
  /** First and last time; equal unless the same was done several times within ten minutes. */
  at: iso,
  lastAt: iso,
  times: z.number(),
  action: auditAction,
  actor: z.object({ kind: z.enum(["key", "session", "cli"]), id: z.string(), name: z.string() }),
  /** Network address that it was done from; null at the command line. */
  address: z.string().nullable(),
  environment: z.string().nullable(),
  /** The user, key, session or person that it was done to. */
  target: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditList = z.object({ items: z.array(auditEntry), nextCursor: z.string().nullable() });
export type AuditList = z.infer<typeof auditList>;

/** What was found under the id. Counts of journeys, messages and leaks do not change by an erasure. */
export const erasureCounts = z.object({
  events: z.number(),
  connections: z.number(),
  journeys: z.number(),
  leaks: z.number(),
  incidents: z.number(),
  auditEntries: z.number(),
});
export const erasureView = z.object({
  environment: z.string(),
  /** The name that stands where the user's id stood, and under which later telemetry about them is stored. */
  pseudonym: z.string(),
  state: z.enum(["running", "done"]),
  requestedBy: z.string(),
  requestedAt: iso,
  finishedAt: iso.nullable(),
  /** null until it is done. */
  counts: erasureCounts.nullable(),
});
export type ErasureView = z.infer<typeof erasureView>;
/** Answer of DELETE /api/v1/users/:id, one item an environment: 200 when all are done, 202 while one goes on. */
export const erasureAnswer = z.object({ items: z.array(erasureView) });
export type ErasureAnswer = z.infer<typeof erasureAnswer>;
export const erasureList = z.object({ items: z.array(erasureView), more: z.boolean() });
export type ErasureList = z.infer<typeof erasureList>;
