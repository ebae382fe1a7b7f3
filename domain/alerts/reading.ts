import type { Condition } from "./advance-alert";
import type { RuleSeverity } from "./rules";

/** Why a figure is missing: nothing was counted, too little was, or what was reported is not judged yet. */
export type Gap = "no_data" | "too_few" | "unjudged";

/** What a rule saw of one thing that it watches, at one moment. */
export interface Reading {
  /** Tell this alert from others of its rule. They never name a user. */
  labels: Readonly<Record<string, string>>;
  severity: RuleSeverity;
  condition: Condition;
  /** In the unit of the rule. */
  value: number | null;
  threshold: number | null;
  /** null where the value is known, or the rule measures nothing. */
  gap: Gap | null;
  /** Somebody has taken it on. */
  quiet: boolean;
  /** When what it is about came back after it was over, in ms since the epoch; nothing where that is not known. */
  returnedAtMs?: number | null;
  /** One sentence that stands as long as the alert does. It names no user. */
  summary: string;
  /** Page in Signalbox that shows the evidence. */
  path: string;
}
