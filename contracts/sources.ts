/** Where telemetry comes from, and what is wrong with it. */
import { z } from "zod";
import { QUALITY_NOTES } from "@/domain/telemetry/quality-note";

const iso = z.string();
const count = z.number();

export const sourceView = z.object({
  id: z.string(),
  environment: z.string(),
  url: z.string(),
  state: z.enum(["connecting", "connected", "disconnected", "refused", "stopped"]),
  connectedSince: iso.nullable(),
  disconnectedSince: iso.nullable(),
  lastEventAt: iso.nullable(),
  lagMs: z.number().nullable(),
  clockOffsetMs: z.number().nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: iso.nullable(),
  accepted: count,
  duplicates: count,
  rejected: count,
  reconnects: count,
  /** Newest first. */
  outages: z.array(
    z.object({ kind: z.enum(["disconnected", "gap"]), from: iso, to: iso.nullable(), lost: z.number().nullable() }),
  ),
  outagesOmitted: count,
});
export const qualityNote = z.object({
  environment: z.string(),
  service: z.string(),
  instance: z.string(),
  code: z.enum(QUALITY_NOTES),
  count,
  firstAt: iso,
  lastAt: iso,
  sample: z.string().nullable(),
});
export const sourceList = z.object({
  items: z.array(sourceView),
  /** Sources, and notes, beyond those listed. */
  omitted: count,
  notes: z.array(qualityNote),
  notesOmitted: count,
});
export type SourceList = z.infer<typeof sourceList>;
