/**
 * A budget that burns fast also burns slowly, and whoever was paged for the one needs no page for the other: of both
 * alerts of an objective one fires, as long as either condition holds.
 */
import type { Condition } from "./advance-alert";
import type { Reading } from "./reading";
import type { AlertRuleId, RuleSettings } from "./rules";

const PAGES = ["burn_rate_fast", "burn_rate_slow"] as const;
type PageRule = (typeof PAGES)[number];
type Seen = ReadonlyMap<AlertRuleId, readonly Reading[]>;

export interface BudgetGround {
  settings: (rule: PageRule) => Pick<RuleSettings, "enabled" | "forMs">;
  /** Whether an alert of the rule and objective fires; also under a silence, which was meant for the page. */
  fires: (rule: PageRule, objective: string) => boolean;
}

/** What alerts are made of; everything but those two rules as it was seen. */
export function onePagePerBudget(seen: Seen, ground: BudgetGround): Map<AlertRuleId, readonly Reading[]> {
  const [fast, slow] = PAGES.map((rule) => seen.get(rule));
  const made = new Map(seen);
  if (!fast || !slow || !PAGES.every((rule) => ground.settings(rule).enabled)) return made;
  const slowOf = new Map(slow.map((reading) => [reading.labels.objective, reading]));
  const pairs = fast.map((reading) => pairOf(reading, slowOf.get(reading.labels.objective), ground));
  for (const [index, rule] of PAGES.entries())
    made.set(
      rule,
      pairs.flatMap((pair) => pair[index] ?? []),
    );
  return made;
}

type Pair = [fast: Reading, slow: Reading | undefined];

function pairOf(fast: Reading, slow: Reading | undefined, ground: BudgetGround): Pair {
  const objective = fast.labels.objective;
  if (slow === undefined || objective === undefined) return [fast, slow];
  const [fastFires, slowFires] = PAGES.map((rule) => ground.fires(rule, objective));
  if (fastFires && slowFires) return [fast, slow];
  if (fastFires) return [carrying(fast, slow), held(slow)];
  if (slowFires) return [held(fast), carrying(slow, fast)];
  if (fast.condition !== "breached" || slow.condition !== "breached") return [fast, slow];
  const fastIsFirst = ground.settings("burn_rate_fast").forMs <= ground.settings("burn_rate_slow").forMs;
  return fastIsFirst ? [fast, held(slow)] : [held(fast), slow];
}

/** Begins nothing beside the other one. */
function held(reading: Reading): Reading {
  return reading.condition === "breached" ? { ...reading, condition: "hold" } : reading;
}

const GRAVITY: readonly Condition[] = ["clear", "hold", "breached"];

/** Goes on for the other one, and says then what that one saw. */
function carrying(own: Reading, other: Reading): Reading {
  if (GRAVITY.indexOf(own.condition) >= GRAVITY.indexOf(other.condition)) return own;
  const { condition, value, threshold, gap, summary } = other;
  return { ...own, condition, value, threshold, gap, summary };
}
