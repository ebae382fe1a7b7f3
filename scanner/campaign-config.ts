/** `campaigns` of a `signalbox.config.yaml`: as the API takes them, with periods as people write them. */
import { z } from "zod";
import { campaignFields, campaignId, checkCampaignTime } from "@/contracts/campaigns";
import { parsePeriod } from "@/domain/consolidation/period";

const period = z
  .union([z.string(), z.literal(0)], { error: "must be a period such as 30m, 12h, 7d, 2w" })
  .transform((text, context) => {
    const minutes = parsePeriod(String(text));
    if (minutes !== null) return minutes;
    context.addIssue({ code: "custom", message: "must be a period such as 30m, 12h, 7d, 2w" });
    return z.NEVER;
  });

export const campaignConfig = z
  .strictObject({
    id: campaignId,
    name: campaignFields.name,
    /** Left out = the first of the key that uploads. */
    environment: campaignFields.environment.optional(),
    window: period.default(1_440),
    hold: period.default(10_080),
    criteria: campaignFields.criteria,
  })
  .superRefine(({ window, hold }, context) => {
    const fields = { windowMinutes: "window", holdMinutes: "hold" };
    checkCampaignTime({ windowMinutes: window, holdMinutes: hold }, context, fields);
  })
  .transform(({ window, hold, ...campaign }) => ({ ...campaign, windowMinutes: window, holdMinutes: hold }));

/** Every concept that a criterion names, and where it does. */
export function namedConcepts(
  campaigns: readonly z.infer<typeof campaignConfig>[],
): { path: (string | number)[]; concept: string }[] {
  return campaigns.flatMap(({ criteria }, at) =>
    criteria.flatMap((one, n) =>
      "concept" in one ? [{ path: ["campaigns", at, "criteria", n, "concept"], concept: one.concept }] : [],
    ),
  );
}
