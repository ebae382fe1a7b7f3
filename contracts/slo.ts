/** Objectives: what users are promised, what is left of the budget for breaking it, and how fast that burns. */
import { z } from "zod";
import { OBJECTIVES, TARGET_BOUNDS } from "@/domain/slo/objectives";
import { alertRule } from "./alerts";
import { judgedState } from "./overview";

const iso = z.string();
const count = z.number();

export const objective = z.enum(OBJECTIVES);

const burnSide = z.object({
  windowMs: count,
  good: count,
  total: count,
  /** Times as fast as the budget allows; null = no data. */
  rate: z.number().nullable(),
  /** Fewer than this say nothing. */
  minSample: count,
});

export const burnView = z.object({
  rule: alertRule,
  /** Times as fast as the budget allows, at which the rule fires; null where it watches this objective in another way. */
  threshold: z.number().nullable(),
  long: burnSide,
  short: burnSide,
});
export type BurnView = z.infer<typeof burnView>;

export const objectiveView = z.object({
  objective,
  target: z.number(),
  defaultTarget: z.number(),
  /** Of the last 30 days. */
  good: count,
  total: count,
  /** null = no data. */
  ratio: z.number().nullable(),
  /** `left` is a share, below 0 where more failed than may; null = no data. */
  budget: z.object({ allowed: z.number(), failed: count, left: z.number().nullable() }),
  burn: z.array(burnView),
});
export type ObjectiveView = z.infer<typeof objectiveView>;

export const sloView = z.object({
  environment: z.string(),
  at: iso,
  budgetMs: count,
  /** Limits of the objectives of time. */
  slowResponseMs: count,
  connectionTimeMs: count,
  objectives: z.array(objectiveView),
  judged: judgedState,
  /** Of the targets; 0 = nobody set any. */
  revision: z.number(),
  changedAt: iso.nullable(),
  changedBy: z.string().nullable(),
});
export type SloView = z.infer<typeof sloView>;

const { least, most } = TARGET_BOUNDS;

/** Body of PUT /api/v1/slo: every target of the environment's own; one that is left out is the default. */
export const targetsChange = z.strictObject({
  /** The revision that was seen; another one in between refuses the change. */
  basedOn: z.number().int().min(0),
  targets: z.partialRecord(objective, z.number().min(least).max(most)),
});
export type TargetsChange = z.infer<typeof targetsChange>;
