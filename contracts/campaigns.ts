/** Campaigns: efforts to consolidate, with criteria that evaluate themselves from evidence. */
import { z } from "zod";
import type { Criterion } from "@/domain/consolidation/campaign";
import { type CampaignTime, holdFault, windowFault } from "@/domain/consolidation/campaign-windows";
import { CRITICAL_TYPES } from "@/domain/telemetry/event";

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
  /** Of each of these types; the one that fares worst counts. Without `types` all critical ones. */
  z.strictObject({ kind: z.literal("delivery"), min: share, types: z.array(z.enum(CRITICAL_TYPES)).min(1).optional() }),
  /** Critical and high ones in a window. */
  z.strictObject({ kind: z.literal("leaks"), max: count }),
  z.strictObject({ kind: z.literal("suite"), suite: name }),
]) satisfies z.ZodType<Criterion>;

export const campaignId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be small letters, digits and hyphens, up to 63");

const MAX_HOLD_MINUTES = 365 * 1_440;
export const campaignFields = {
  name,
  /** Where its traffic is. */
  environment: z.string().min(1).max(256),
  /** Traffic is measured over the newest window of this length, and over those before it. */
  windowMinutes: z.int().default(1_440),
  /** Every criterion must have held for so long. */
  holdMinutes: z.int().min(0).max(MAX_HOLD_MINUTES),
  criteria: z.array(criterion).min(1).max(50),
};

/** Says at the field what is wrong with a window, and with the time to hold beside it. */
export function checkCampaignTime(
  time: CampaignTime,
  context: z.RefinementCtx,
  fields = { windowMinutes: "windowMinutes", holdMinutes: "holdMinutes" },
): void {
  const wrongWindow = windowFault(time.windowMinutes);
  const wrongHold = holdFault(time);
  if (wrongWindow) context.addIssue({ code: "custom", path: [fields.windowMinutes], message: wrongWindow });
  else if (wrongHold) context.addIssue({ code: "custom", path: [fields.holdMinutes], message: wrongHold });
}

/** Body of PUT /api/v1/campaigns/:id. */
export const campaignChange = z
  .strictObject(campaignFields)
  .superRefine((change, context) => checkCampaignTime(change, context));
export type CampaignChange = z.infer<typeof campaignChange>;

/** A campaign of a `signalbox.config.yaml`, as a scan's upload carries it. */
export const configCampaign = z
  .strictObject({
    id: campaignId,
    ...campaignFields,
    /** Left out = the key's first. */
    environment: campaignFields.environment.optional(),
  })
  .superRefine((campaign, context) => checkCampaignTime(campaign, context));
export type ConfigCampaign = z.infer<typeof configCampaign>;

const measured = z.object({ at: iso, value: z.number().nullable(), met: z.boolean().nullable() });

export const evaluatedCriterion = z.object({
  criterion,
  /** Of the newest evidence; null = nothing was measured. A share for reliability, delivery and compliance. */
  now: z.number().nullable(),
  /** null = nothing is known: neither met nor missed. */
  met: z.boolean().nullable(),
  /** Since when that holds without a break. */
  since: iso.nullable(),
  /** Oldest first, the newest 60: scans, windows of traffic or runs. */
  trend: z.array(measured),
  /** What `now` was read from; null = there is none. */
  evidence: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("scan"), id: z.string(), commit: z.string().nullable(), at: iso }),
      z.object({ kind: z.literal("traffic"), from: iso, to: iso }),
      z.object({ kind: z.literal("run"), at: iso }),
    ])
    .nullable(),
});
export type EvaluatedCriterion = z.infer<typeof evaluatedCriterion>;

export const campaign = z.object({
  id: z.string(),
  name: z.string(),
  environment: z.string(),
  windowMinutes: z.number(),
  holdMinutes: z.number(),
  /** The project whose `signalbox.config.yaml` it comes from: changed there only. null = made in the app. */
  project: z.string().nullable(),
  /** When the config did not name it any more: evaluated as of then. null = it goes on. */
  endedAt: iso.nullable(),
  /** When it was evaluated. */
  asOf: iso,
  /** Every criterion has been met for `holdMinutes`, without a break. */
  done: z.boolean(),
  met: z.number(),
  criteria: z.array(evaluatedCriterion),
  changedAt: iso,
  changedBy: z.string(),
});
export type Campaign = z.infer<typeof campaign>;
export const campaignList = z.object({
  items: z.array(campaign.omit({ criteria: true, asOf: true }).extend({ criteria: z.number() })),
  omitted: z.number(),
});
export type CampaignList = z.infer<typeof campaignList>;
