/** Campaigns: efforts to consolidate, with criteria that evaluate themselves from evidence. */
import { z } from "zod";
import type { Criterion } from "@/domain/consolidation/campaign";

const iso = z.string();
const name = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^\P{C}*$/u, "must be one line of text");
const share = z.number().min(0).max(1);
const count = z.int().min(0).max(1_000_000);

export const criterion = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("implementations"), concept: name, max: count }),
  z.strictObject({ kind: z.literal("compliance"), concept: name, min: share }),
  z.strictObject({ kind: z.literal("legacy_imports"), concept: name, max: count }),
  /** Path in the checkout, with "/". */
  z.strictObject({ kind: z.literal("file_gone"), file: z.string().min(1).max(1_024) }),
  z.strictObject({ kind: z.literal("reliability"), min: share }),
  /** Of each critical type; the one that fares worst counts. */
  z.strictObject({ kind: z.literal("delivery"), min: share }),
  /** Critical and high ones, a day. */
  z.strictObject({ kind: z.literal("leaks"), max: count }),
  z.strictObject({ kind: z.literal("suite"), suite: name }),
]) satisfies z.ZodType<Criterion>;

export const campaignId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be small letters, digits and hyphens, up to 63");

/** Body of PUT /api/v1/campaigns/:id. */
export const campaignChange = z.strictObject({
  name,
  /** Where its traffic is. */
  environment: z.string().min(1).max(256),
  /** Every criterion must have held for so many days. */
  holdDays: z.int().min(0).max(365),
  criteria: z.array(criterion).min(1).max(50),
});
export type CampaignChange = z.infer<typeof campaignChange>;

const measured = z.object({ at: iso, value: z.number().nullable(), met: z.boolean().nullable() });

export const evaluatedCriterion = z.object({
  criterion,
  /** Of the newest evidence; null = nothing was measured. A share for reliability, delivery and compliance. */
  now: z.number().nullable(),
  /** null = nothing is known: neither met nor missed. */
  met: z.boolean().nullable(),
  /** Since when that holds without a break. */
  since: iso.nullable(),
  /** Oldest first: scans, days or runs. */
  trend: z.array(measured),
});
export type EvaluatedCriterion = z.infer<typeof evaluatedCriterion>;

export const campaign = z.object({
  id: z.string(),
  name: z.string(),
  environment: z.string(),
  holdDays: z.number(),
  /** Every criterion has been met for `holdDays`, without a break. */
  done: z.boolean(),
  met: z.number(),
  criteria: z.array(evaluatedCriterion),
  changedAt: iso,
  changedBy: z.string(),
});
export type Campaign = z.infer<typeof campaign>;
export const campaignList = z.object({
  items: z.array(campaign.omit({ criteria: true }).extend({ criteria: z.number() })),
  omitted: z.number(),
});
export type CampaignList = z.infer<typeof campaignList>;
