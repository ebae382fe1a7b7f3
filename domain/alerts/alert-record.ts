/** One alert from what its rule saw, with the labels it is known by. */
import { type AlertState, advanceAlert, type Condition } from "./advance-alert";
import type { TellableAlert } from "./plan-telling";
import type { Reading } from "./reading";
import { type AlertRuleId, RULE_SEVERITIES, RULES, type RuleSettings, type RuleSeverity } from "./rules";
import { type Silence, silenceOf } from "./silence";

export interface AlertRecord {
  state: AlertState;
  severity: RuleSeverity;
  labels: Readonly<Record<string, string>>;
  summary: string;
  path: string;
  value: number | null;
  threshold: number | null;
  /** Somebody has taken on what it is about. */
  quiet: boolean;
  /** The silence that keeps it quiet now. */
  silenceId: string | null;
  told: TellableAlert["told"];
  toldAtMs: number | null;
  /** When any channel was told of it last. */
  heardAtMs: number | null;
}

export interface Watch {
  environment: string;
  rule: AlertRuleId;
  settings: RuleSettings;
  silences: readonly Silence[];
  /** null = it was not looked at yet. */
  lastLookMs: number | null;
  nowMs: number;
}

/** After a longer while without a look nobody knows what happened in it. */
const UNWATCHED_MS = 60_000;

/** Every label of an alert of this rule, in the order of their names. */
export function labelsOf(
  { environment, rule }: Pick<Watch, "environment" | "rule">,
  { labels, severity }: Pick<Reading, "labels" | "severity">,
): Record<string, string> {
  const all = { ...labels, alertname: RULES[rule].alertName, environment, rule, severity };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The alert after a look; null = there is none. A disabled rule, and a thing that is not there any more, end theirs. */
export function nextRecord(known: AlertRecord | null, reading: Reading | null, watch: Watch): AlertRecord | null {
  const { settings, silences, nowMs } = watch;
  const condition: Condition = settings.enabled ? (reading?.condition ?? "clear") : "clear";
  const pace = settings.enabled ? settings : { forMs: 0, keepFiringMs: 0 };
  // By the clock of another node it may have come back a moment from now.
  const atMs = known === null ? Math.max(nowMs, reading?.returnedAtMs ?? 0) : nowMs;
  const unwatched = watch.lastLookMs !== null && nowMs - watch.lastLookMs > UNWATCHED_MS;
  const before = known && (unwatched ? advanceAlert(known.state, "hold", pace, nowMs) : known.state);
  const state = advanceAlert(before, condition, pace, atMs);
  if (state === null) return null;
  const begun = known ?? (reading && firstRecord(state, reading, watch));
  if (begun === null) return null;
  const seen = reading !== null && condition !== "clear" && reading.gap === null;
  const { summary, value, threshold, quiet } = seen ? reading : begun;
  const silenceId = silenceOf(silences, begun.labels, nowMs)?.id ?? null;
  return { ...begun, state, summary, value, threshold, quiet, silenceId };
}

/** An alert whose cause was over and came back between two looks, as it ended; null = it is the same one still. */
export function endedBetween(known: AlertRecord, reading: Reading | null, { nowMs }: Watch): AlertRecord | null {
  const { firingSinceMs, clearSinceMs } = known.state;
  const returnedAtMs = reading?.condition === "breached" ? (reading.returnedAtMs ?? null) : null;
  if (firingSinceMs === null || returnedAtMs === null || returnedAtMs <= firingSinceMs) return null;
  const state = { ...known.state, clearSinceMs: clearSinceMs ?? returnedAtMs, resolvedAtMs: nowMs };
  return { ...known, state: { ...state, phase: "resolved" } };
}

function firstRecord(state: AlertState, reading: Reading, watch: Watch): AlertRecord {
  const { severity, summary, path, value, threshold, quiet } = reading;
  const labels = labelsOf(watch, reading);
  return {
    ...{ state, severity, labels, summary, path, value, threshold, quiet },
    ...{ silenceId: null, told: "nothing", toldAtMs: null, heardAtMs: null },
  };
}

/** As {@link TellableAlert} sees it. */
export function tellable({ state, severity, silenceId, quiet, told, toldAtMs }: AlertRecord): TellableAlert {
  const gravity = RULE_SEVERITIES.indexOf(severity);
  const { phase, firingSinceMs } = state;
  return { phase, silenced: silenceId !== null, quiet, told, toldAtMs, gravity, firingSinceMs };
}
