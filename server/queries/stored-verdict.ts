/** The verdict as the judge stored it, parsed again: a JSON column is an edge like any other. */
import { z } from "zod";
import { severity } from "@/contracts/http";
import { FINDING_CODES, STEPS } from "@/domain/journeys/types";

const text = z.string().nullable();
const ms = z.number().nullable();
const ids = z.array(z.string());
const step = z.enum(STEPS);
const hop = z.enum(["received", "routed", "emitted", "sent", "acked"]).nullable();

export const storedFinding = z.object({
  code: z.enum(FINDING_CODES),
  severity,
  fails: z.boolean(),
  step: step.nullable(),
  hop,
  router: text,
  messageId: text,
  messageType: text,
  dueMs: z.number(),
  eventIds: ids,
});
export const storedDelivery = z.object({
  messageId: text,
  type: z.string(),
  state: z.enum([
    "emitted",
    "delivered",
    "acked",
    "lost",
    "dropped",
    "phantom",
    "connection_lost",
    "unacked",
    "leaked",
    "unknown",
  ]),
  connectionId: text,
  recipient: text,
  router: text,
  emittedAtMs: ms,
  sentAtMs: ms,
  ackedAtMs: ms,
  eventIds: ids,
});
export const storedVerdict = z.object({
  owner: text,
  claimedOwner: text,
  startedAtMs: z.number(),
  durationMs: ms,
  steps: z.array(
    z.object({
      step,
      state: z.enum(["done", "failed", "missing", "pending", "not_needed", "not_observed"]),
      hop,
      atMs: ms,
    }),
  ),
  findings: z.array(storedFinding),
  deliveries: z.array(storedDelivery),
  linked: ids,
  traits: z
    .object({ handlers: ids, agents: ids, tools: ids, connectionAgeMs: ms, payloadBytes: ms })
    .nullish()
    .transform((traits) => traits ?? null),
  notes: z.array(
    z.object({ code: z.string(), text: z.string(), eventIds: ids, eventIdsOmitted: z.number().default(0) }),
  ),
});
export type StoredVerdict = z.infer<typeof storedVerdict>;
