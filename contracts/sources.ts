/** Where telemetry comes from, and what is wrong with it. */
import { z } from "zod";

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
  outages: z.array(
    z.object({ kind: z.enum(["disconnected", "gap"]), from: iso, to: iso.nullable(), lost: z.number().nullable() }),
  ),
});
export const qualityNote = z.object({
  environment: z.string(),
  service: z.string(),
  instance: z.string(),
  code: z.string(),
  count,
  firstAt: iso,
  lastAt: iso,
  sample: z.string().nullable(),
});
export const sourceList = z.object({ items: z.array(sourceView), notes: z.array(qualityNote) });
export type SourceList = z.infer<typeof sourceList>;
