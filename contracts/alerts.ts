/** Alerts: what rules raise, how they are told of, and what people set of them. */
import { z } from "zod";
import { ALERT_RULES, MAX_MIN_SAMPLE, MAX_RULE_DURATION_MS, RULE_SEVERITIES } from "@/domain/alerts/rules";

const iso = z.string();
const figure = z.number().nullable();

export const alertRule = z.enum(ALERT_RULES);
export const alertSeverity = z.enum(RULE_SEVERITIES);
/** `pending` = its condition holds, and not for long enough yet. */
export const alertPhase = z.enum(["pending", "firing", "resolved"]);

export const alertRow = z.object({
  id: z.string(),
  environment: z.string(),
  rule: alertRule,
  severity: alertSeverity,
  phase: alertPhase,
  labels: z.record(z.string(), z.string()),
  /** One sentence. */
  summary: z.string(),
  /** Page in Signalbox that shows the evidence, with its query. */
  path: z.string(),
  value: figure,
  threshold: figure,
  pendingSince: iso,
  firingSince: iso.nullable(),
  /** Since when its condition is seen no more, while it is kept. */
  clearSince: iso.nullable(),
  resolvedAt: iso.nullable(),
  /** The silence that keeps it quiet. */
  silencedBy: z.string().nullable(),
  /** Somebody took on what it is about: it is not told again. */
  takenOn: z.boolean(),
  /** When any channel was told of it last; null = nobody was. */
  toldAt: iso.nullable(),
});
export type AlertRow = z.infer<typeof alertRow>;

/** What waits and what fires, the gravest first. */
export const alertList = z.object({
  items: z.array(alertRow),
  omitted: z.number(),
  /** When rules were looked at last; null = never yet. */
  evaluatedAt: iso.nullable(),
});
export type AlertList = z.infer<typeof alertList>;

/** How many fire and are not silenced, without the watchdog. */
export const firingAlerts = z.object({ firing: z.number() });
export type FiringAlerts = z.infer<typeof firingAlerts>;

/** Alerts that ended, the latest first. */
export const alertHistory = z.object({ items: z.array(alertRow), nextCursor: z.string().nullable() });
export type AlertHistory = z.infer<typeof alertHistory>;

const settings = z.object({
  enabled: z.boolean(),
  threshold: figure,
  forMs: z.number(),
  keepFiringMs: z.number(),
  minSample: figure,
});
const duration = z.number().int().min(0).max(MAX_RULE_DURATION_MS).nullable();

/** What was set of a rule; null = the default counts. */
const ruleValues = {
  enabled: z.boolean(),
  threshold: z.number().nullable(),
  forMs: duration,
  keepFiringMs: duration,
  minSample: z.number().int().min(1).max(MAX_MIN_SAMPLE).nullable(),
};

export const ruleReading = z.object({
  labels: z.record(z.string(), z.string()),
  condition: z.enum(["breached", "clear", "hold"]),
  value: figure,
  threshold: figure,
  /** Why there is no value: nothing was counted, too little was, or it is not judged yet. */
  gap: z.enum(["no_data", "too_few", "unjudged"]).nullable(),
  summary: z.string(),
});
export type RuleReading = z.infer<typeof ruleReading>;

export const ruleRow = z.object({
  rule: alertRule,
  alertName: z.string(),
  /** null = each alert has its own. */
  severity: alertSeverity.nullable(),
  unit: z.enum(["times", "share", "ms"]).nullable(),
  settings,
  defaults: settings,
  own: z.object(ruleValues).nullable(),
  /** 0 = nobody set anything. */
  revision: z.number(),
  changedAt: iso.nullable(),
  changedBy: z.string().nullable(),
  /** null = it was never looked at. */
  evaluatedAt: iso.nullable(),
  readings: z.array(ruleReading),
  firing: z.number(),
  pending: z.number(),
});
export type RuleRow = z.infer<typeof ruleRow>;
export const ruleList = z.object({ environment: z.string(), items: z.array(ruleRow) });
export type RuleList = z.infer<typeof ruleList>;

/** Body of PUT /api/v1/alert-rules/:rule. Every value; one of null is the default. */
export const ruleChange = z.strictObject({
  /** The revision that was seen; another one in between refuses the change. */
  basedOn: z.number().int().min(0),
  ...ruleValues,
});
export type RuleChangeBody = z.infer<typeof ruleChange>;
