/** One incident as a file, to be attached to a ticket or handed to whoever repairs it. Redacted as the store is. */
import { z } from "zod";
import { evidenceAround } from "./evidence";
import { incidentEvent, incidentJourneys, incidentSummary } from "./incidents";
import { occurrenceView } from "./listings";

const iso = z.string();
const count = z.number();

export const BUNDLE_FORMAT = "signalbox.incident/1";

export const incidentBundle = z.object({
  format: z.literal(BUNDLE_FORMAT),
  exportedAt: iso,
  incident: incidentSummary,
  /** Newest first. Words of notes are null unless they were asked for. */
  history: z.array(incidentEvent),
  /** Newest first, with the events that prove them. */
  occurrences: z.array(occurrenceView),
  /** What was around the newest occurrences that stand. */
  evidence: z.array(
    z.object({
      occurrence: z.string(),
      source: z.enum(["telemetry", "kept"]),
      keptAt: iso.nullable(),
      around: evidenceAround,
    }),
  ),
  journeys: incidentJourneys.shape.items,
  /** What is not in here. It comes last: a bundle without it was cut off. */
  leftOut: z.object({
    occurrences: count,
    /** Standing occurrences without their surroundings. */
    evidence: count,
    journeys: count,
    history: count,
    /** Notes whose words are left out, because no redaction has seen them. */
    notes: count,
    /** What Signalbox never stores, and so cannot be here. */
    content: z.string(),
  }),
});
export type IncidentBundle = z.infer<typeof incidentBundle>;
