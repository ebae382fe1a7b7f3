import { measure } from "@/client/alert-words";
import type { AlertList, AlertRow } from "@/contracts/http";
import { isLookedAfter } from "@/domain/alerts/look-age";
import { RULES } from "@/domain/alerts/rules";

export interface PreparedAlerts {
  /** Without the watchdog, which says nothing about what is watched. */
  firing: AlertRow[];
  /** Those whose condition has to hold a while longer. */
  pending: AlertRow[];
  /** `fires`, as it should; `silent` = it does not; `unwatched` = nobody has looked at the rules lately. */
  watchdog: "fires" | "silent" | "unwatched";
}

export function prepareAlerts({ items, evaluatedAt }: AlertList, nowMs: number): PreparedAlerts {
  const fires = items.some(({ rule, phase }) => rule === "watchdog" && phase === "firing");
  const told = items.filter(({ rule }) => rule !== "watchdog");
  return {
    firing: told.filter(({ phase }) => phase === "firing"),
    pending: told.filter(({ phase }) => phase === "pending"),
    watchdog: isLookedAfter(evaluatedAt, nowMs) ? (fires ? "fires" : "silent") : "unwatched",
  };
}

/** "20 × against 14.4 ×"; empty where the rule measures nothing against anything. */
export function valueText({ rule, value, threshold }: Pick<AlertRow, "rule" | "value" | "threshold">): string {
  if (threshold === null) return "";
  // Deliveries are shares; their threshold is a target and set elsewhere.
  const unit = rule === "delivery_under_target" ? "share" : RULES[rule].unit;
  return `${measure(value, unit)} against ${measure(threshold, unit)}`;
}
