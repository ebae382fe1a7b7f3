/** Incidents: leaks of one rule by one router in one environment, what became of them, and what people did. */
import { z } from "zod";
import { MAX_NOTE_LENGTH } from "@/domain/incidents/apply-command";
import { HISTORY_ACTIONS, INCIDENT_STATUSES } from "@/domain/incidents/incident-state";
import { severity } from "./journey-parts";
import { journeyRow } from "./journey-row";
import { occurrenceRow, occurrenceView } from "./listings";

const iso = z.string();
const count = z.number();

export const incidentStatus = z.enum(INCIDENT_STATUSES);

export const incidentRow = z.object({
  id: z.string(),
  environment: z.string(),
  rule: z.string(),
  severity,
  status: incidentStatus,
  router: z.string().nullable(),
  owners: z.array(z.string()),
  /** Owners, and recipients, beyond those listed. */
  ownersOmitted: count,
  recipients: z.array(z.string()),
  recipientsOmitted: count,
  /** Those that are not disproved. */
  occurrences: count,
  firstSeenAt: iso,
  lastSeenAt: iso,
  acknowledged: z.object({ by: z.string(), at: iso }).nullable(),
  resolved: z.object({ by: z.string(), at: iso }).nullable(),
  /** The version of the occurrence that brought it back after it was resolved; null where it reported none. */
  regressed: z.object({ version: z.string().nullable(), at: iso }).nullable(),
  /** Nobody is told of it before; null = not muted now. */
  mutedUntil: iso.nullable(),
  mutedBy: z.string().nullable(),
  /** Grows with every change of its state, not with its occurrences. */
  revision: count,
});
export type IncidentRow = z.infer<typeof incidentRow>;

export const incidentList = z.object({ items: z.array(incidentRow), nextCursor: z.string().nullable() });
export type IncidentList = z.infer<typeof incidentList>;

/** Incidents that wait for somebody (open or regressed, and not muted). */
export const openIncidents = z.object({ open: count, critical: count });
export type OpenIncidents = z.infer<typeof openIncidents>;

/** Something that happened to an incident, by a person or by telemetry. */
export const incidentEvent = z.object({
  id: z.string(),
  at: iso,
  action: z.enum(HISTORY_ACTIONS),
  /** `judge` = telemetry did it. */
  actor: z.object({ kind: z.enum(["judge", "session", "key"]), name: z.string().nullable() }),
  /** The status that it left, where it left one. */
  from: incidentStatus.nullable(),
  /** Of a detection or a regression: version and time of the occurrence. */
  version: z.string().nullable(),
  occurredAt: iso.nullable(),
  mutedUntil: iso.nullable(),
  note: z.string().nullable(),
});
export type IncidentEvent = z.infer<typeof incidentEvent>;
export const incidentHistory = z.object({ items: z.array(incidentEvent), nextCursor: z.string().nullable() });
export type IncidentHistory = z.infer<typeof incidentHistory>;

const countedUser = z.object({ user: z.string(), occurrences: count });

/** What its occurrences have in common. Disproved ones are counted as such and nowhere else. */
export const incidentFacts = z.object({
  /** Occurrences that this is about, the newest; and those beyond. */
  counted: count,
  omitted: count,
  withdrawn: count,
  /** Journeys in which it occurred. */
  journeys: count,
  /** Those with most occurrences first. */
  owners: z.array(countedUser),
  ownersTotal: count,
  recipients: z.array(countedUser),
  recipientsTotal: count,
  /** The one seen last first; null = reported without a version. */
  versions: z.array(z.object({ version: z.string().nullable(), occurrences: count, firstAt: iso, lastAt: iso })),
  versionsTotal: count,
  bucketMs: count,
  series: z.array(z.object({ at: iso, occurrences: count })),
});
export type IncidentFacts = z.infer<typeof incidentFacts>;

export const incidentSummary = incidentRow.extend({ facts: incidentFacts });
export type IncidentSummary = z.infer<typeof incidentSummary>;

export const incidentOccurrences = z.object({ items: z.array(occurrenceRow), nextCursor: z.string().nullable() });
export type IncidentOccurrences = z.infer<typeof incidentOccurrences>;

export const incidentJourneys = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      occurrences: count,
      lastAt: iso,
      /** null = it is not kept any more. */
      journey: journeyRow.nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type IncidentJourneys = z.infer<typeof incidentJourneys>;

/** An incident with its newest occurrences. */
export const incidentDetail = incidentSummary.extend({
  occurrenceItems: z.array(occurrenceView),
  /** Occurrences beyond those listed. */
  omitted: count,
});
export type IncidentDetail = z.infer<typeof incidentDetail>;

/**
 * Body of PATCH /api/v1/incidents/:id, at least one of the first three. With `revision` the change is refused if the
 * state moved on since, unless what is wished holds already.
 */
export const incidentChange = z
  .strictObject({
    status: z.enum(["open", "acknowledged", "resolved"]).optional(),
    /** null ends a mute. */
    mutedUntil: z.iso.datetime({ offset: true }).nullable().optional(),
    note: z.string().trim().min(1).max(MAX_NOTE_LENGTH).optional(),
    revision: z.number().int().nonnegative().optional(),
  })
  .refine(({ status, mutedUntil, note }) => [status, mutedUntil, note].some((wish) => wish !== undefined), {
    message: "must hold a status, mutedUntil or a note",
  });
export type IncidentChange = z.infer<typeof incidentChange>;
