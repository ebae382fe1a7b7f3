/** A journey as one line of a list. */
import { z } from "zod";
import { journeyStatus } from "./terms";

const iso = z.string();

export const brokenAt = z.object({ step: z.string(), hop: z.string().nullable(), router: z.string().nullable() });

export const journeyRow = z.object({
  id: z.string(),
  key: z.string(),
  environment: z.string(),
  status: journeyStatus,
  owner: z.string().nullable(),
  startedAt: iso,
  endedAt: iso.nullable(),
  durationMs: z.number().nullable(),
  brokenAt: brokenAt.nullable(),
  brokenBy: z.string().nullable(),
  findings: z.array(z.string()),
  routers: z.array(z.string()),
  versions: z.array(z.string()),
  /** Routers and versions beyond those listed, where there are any. */
  omitted: z.object({ routers: z.number(), versions: z.number() }).optional(),
  eventCount: z.number(),
});
export type JourneyRow = z.infer<typeof journeyRow>;
