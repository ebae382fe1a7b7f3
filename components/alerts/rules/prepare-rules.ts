/** Rules as they are shown: what each saw last against its threshold, and what it raised. */
import { ownLabels } from "@/client/alert-words";
import { exactDuration, parseDuration } from "@/client/duration";
import { figure } from "@/client/format";
import type { RuleChangeBody, RuleReading, RuleRow } from "@/contracts/http";
import { MAX_RULE_DURATION_MS, RULES, type ThresholdUnit } from "@/domain/alerts/rules";
import { valueText } from "../prepare-alerts";

const SHOWN = 5;

export interface PreparedReading {
  key: string;
  /** What it is of; empty where the rule watches one thing only. */
  name: string;
  text: string;
  breached: boolean;
}

export interface PreparedRule {
  row: RuleRow;
  state: "firing" | "pending" | "quiet" | "disabled";
  readings: PreparedReading[];
  /** Readings beyond those. */
  omitted: number;
}

export function prepareRule(row: RuleRow): PreparedRule {
  const { settings, firing, pending, readings } = row;
  const sorted = readings.toSorted((a, b) => gravity(b) - gravity(a));
  return {
    row,
    state: settings.enabled ? (firing > 0 ? "firing" : pending > 0 ? "pending" : "quiet") : "disabled",
    readings: sorted.slice(0, SHOWN).map((reading) => prepareReading(row, reading)),
    omitted: Math.max(0, readings.length - SHOWN),
  };
}

const CONDITIONS = ["clear", "hold", "breached"];
const gravity = ({ condition, gap }: RuleReading) => CONDITIONS.indexOf(condition) * 2 + (gap === null ? 1 : 0);

const GAPS = { no_data: "no data", too_few: "too few to say", unjudged: "not judged yet" } as const;

function prepareReading(
  { rule }: RuleRow,
  { labels, value, threshold, gap, condition, summary }: RuleReading,
): PreparedReading {
  const name = rule === "open_incident" ? "" : (ownLabels(labels).find(([label]) => label !== "window")?.[1] ?? "");
  const text =
    gap !== null ? GAPS[gap] : valueText({ rule, value, threshold }) || (rule === "watchdog" ? "fires" : summary);
  return { key: JSON.stringify(labels), name, text, breached: condition === "breached" && rule !== "watchdog" };
}

/** A rule's fields as they are typed; empty = the default. */
export interface RuleDraft {
  enabled: boolean;
  threshold: string;
  forMs: string;
  keepFiringMs: string;
  minSample: string;
}
export type RuleField = Exclude<keyof RuleDraft, "enabled">;

export function draftOfRule({ own, settings, unit }: RuleRow): RuleDraft {
  const text = (value: number | null | undefined, write: (value: number) => string) =>
    value == null ? "" : write(value);
  return {
    enabled: settings.enabled,
    threshold: text(own?.threshold, (value) => thresholdText(value, unit)),
    forMs: text(own?.forMs, exactDuration),
    keepFiringMs: text(own?.keepFiringMs, exactDuration),
    minSample: text(own?.minSample, String),
  };
}

/** As it can be typed again: "14.4", "50 %", "15 min". */
export function thresholdText(value: number | null, unit: ThresholdUnit | null): string {
  if (value === null) return "";
  if (unit === "ms") return exactDuration(value);
  return unit === "share" ? `${Number((value * 100).toFixed(4))} %` : String(value);
}

/** What a draft says, and what cannot be used of it. */
export function readRuleDraft(
  row: RuleRow,
  draft: RuleDraft,
): { change: RuleChangeBody; problems: Partial<Record<RuleField, string>> } {
  const problems: Partial<Record<RuleField, string>> = {};
  const read = (field: RuleField, parse: (text: string) => number | null, problem: string): number | null => {
    const text = draft[field].trim();
    if (text === "") return null;
    const value = parse(text);
    if (value === null) problems[field] = problem;
    return value;
  };
  const duration = (text: string) => within(parseDuration(text === "0" ? "0 s" : text), 0, MAX_RULE_DURATION_MS);
  const [least, most] = RULES[row.rule].bounds ?? [0, 0];
  const bounds = `must lie between ${thresholdText(least, row.unit)} and ${thresholdText(most, row.unit)}`;
  const change = {
    basedOn: row.revision,
    enabled: draft.enabled,
    threshold: read("threshold", (text) => within(parseThreshold(text, row.unit), least, most), bounds),
    forMs: read("forMs", duration, "must be a time up to 24 h, such as 2 min"),
    keepFiringMs: read("keepFiringMs", duration, "must be a time up to 24 h, such as 2 min"),
    minSample: read(
      "minSample",
      (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null),
      "must be a number from 1 on",
    ),
  };
  return { change, problems };
}

function parseThreshold(text: string, unit: ThresholdUnit | null): number | null {
  if (unit === "ms") return parseDuration(text);
  const match = /^(\d+(?:[.,]\d+)?)\s*(%|×|x)?$/.exec(text);
  if (match?.[1] === undefined) return null;
  const value = Number(match[1].replace(",", "."));
  return unit === "share" && match[2] === "%" ? Number((value / 100).toFixed(8)) : value;
}

function within(value: number | null, least: number, most: number): number | null {
  return value !== null && value >= least && value <= most ? value : null;
}

/** "at once", "2 min" */
export function paceText(ms: number, atOnce: string): string {
  return ms === 0 ? atOnce : exactDuration(ms);
}

export function sampleText(minSample: number | null): string {
  return minSample === null ? "–" : figure(minSample);
}
