/** Whether messages of one critical type reach their users. */
import { ratioOf } from "../../slo/burn-rate";
import type { Counts, DeliveryObjective } from "../../slo/objectives";
import type { Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { gapOf } from "./burn-rate";
import { pagePath } from "./page-path";
import { shareText } from "./share-text";

/** One message alone may just be on its way. */
const LEAST_MISSED = 2;

export interface DeliveryInput {
  objective: DeliveryObjective;
  target: number;
  counts: Counts;
}

export function readDelivery(
  { objective, target, counts }: DeliveryInput,
  { environment, settings, unjudged }: { environment: string; settings: RuleSettings; unjudged: boolean },
): Reading {
  const { total, good } = counts;
  const type = objective.slice("delivery/".length);
  const gap = gapOf(counts, settings.minSample ?? 0, unjudged);
  const ratio = ratioOf(counts) ?? 0;
  const under = gap === null && ratio < target && total - good >= LEAST_MISSED;
  return {
    labels: { objective, type },
    severity: RULES.delivery_under_target.severity ?? "high",
    condition: gap === "unjudged" ? "hold" : under ? "breached" : "clear",
    ...{ value: gap === null ? ratio : null, threshold: target, gap, quiet: false },
    summary: `${shareText(ratio)} of ${total} ${type} reached their user in 30 minutes, against ${shareText(target)}`,
    path: pagePath("/journeys", environment, { status: "failed" }),
  };
}
