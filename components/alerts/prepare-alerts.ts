import { measure } from "@/client/alert-words";
import type { AlertList, AlertRow } from "@/contracts/http";
import { RULES } from "@/domain/alerts/rules";

export interface PreparedAlerts {
  /** Without the watchdog, which says nothing about what is watched. */
  firing: AlertRow[];
  /** Those whose condition has to hold a while longer. */
  pending: AlertRow[];
  /** null = it does not fire, as it should. */
  watchdog: AlertRow | null;
}

export function prepareAlerts({ items }: AlertList): PreparedAlerts {
  const told = items.filter(({ rule }) => rule !== "watchdog");
  return {
    firing: told.filter(({ phase }) => phase === "firing"),
    pending: told.filter(({ phase }) => phase === "pending"),
    watchdog: items.find(({ rule, phase }) => rule === "watchdog" && phase === "firing") ?? null,
  };
}

/** "20 × against 14.4 ×"; empty where the rule measures nothing against anything. */
export function valueText({ rule, value, threshold }: Pick<AlertRow, "rule" | "value" | "threshold">): string {
  if (threshold === null) return "";
  const { unit } = RULES[rule];
  return `${measure(value, unit)} against ${measure(threshold, unit)}`;
}
