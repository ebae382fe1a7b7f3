/** The values of a policy that a person may set, and how an environment's own values lie over those of all. */
import { z } from "zod";
import { CRITICAL_TYPES, STAGES } from "../telemetry/event";
import { builtInTypes } from "../telemetry/type-aliases";
import type { Policy } from "./types";

const MAX_WAIT_MS = 86_400_000;
const MAX_REQUEST_TYPES = 50;
const MAX_ALIASES = 500;
const MAX_SERVICES = 200;
const MAX_NAME = 256;

const waitMs = z
  .int("must be a whole number of ms")
  .min(1, "must be at least 1 ms")
  .max(MAX_WAIT_MS, "must be at most 24 h");
const name = z.string().trim().min(1, "must not be empty").max(MAX_NAME, `must have at most ${MAX_NAME} characters`);
const isCritical = (type: string) => (CRITICAL_TYPES as readonly string[]).includes(type);

const requestTypes = z
  .array(name)
  .min(1, "must name at least one type")
  .max(MAX_REQUEST_TYPES, `must name at most ${MAX_REQUEST_TYPES} types`)
  .superRefine((types, context) => {
    for (const [i, type] of types.entries()) {
      const [canonical] = builtInTypes(type);
      if (isCritical(type)) problem(context, `${type} is an agent's event, never a request`);
      else if (canonical !== undefined) problem(context, `${type} is another name of ${canonical}: name that instead`);
      else if (types.indexOf(type) !== i) problem(context, `${type} is named twice`);
    }
  });

const typeAliases = z
  .record(name, name)
  .refine((table) => Object.keys(table).length <= MAX_ALIASES, `must have at most ${MAX_ALIASES} names`)
  .superRefine((table, context) => {
    for (const [alias, type] of Object.entries(table)) {
      if (isCritical(alias)) problem(context, `${alias} is one of the five critical types and keeps its name`);
      else if (alias === type) problem(context, `${alias} stands for itself`);
      else if (Object.hasOwn(table, type)) problem(context, `${type}, which ${alias} stands for, is an alias itself`);
      else if (builtInTypes(type).length > 0)
        problem(context, `${type}, which ${alias} stands for, is another name of ${builtInTypes(type).join(" or ")}`);
    }
  });

const observedStages = z
  .record(name, z.array(z.enum(STAGES, "must be stages")).min(1, "must name at least one stage for each service"))
  .refine((table) => Object.keys(table).length <= MAX_SERVICES, `must name at most ${MAX_SERVICES} services`);

/** Each value of a policy. */
export const policyValues = z.strictObject({
  routeMs: waitMs,
  firstEventMs: waitMs,
  gapMs: waitMs,
  toolMs: waitMs,
  deliveryMs: waitMs,
  ackMs: waitMs,
  slowResponseMs: waitMs,
  reconnectMs: waitMs,
  settleMs: waitMs,
  profile: z.enum(["standard", "strict"], "must be standard or strict"),
  requestTypes,
  typeAliases,
  observedStages,
}) satisfies z.ZodType<Omit<Policy, "version">>;

export type PolicyValues = z.infer<typeof policyValues>;

/** The values that one place sets, the others left to where they come from otherwise. */
export const policyOverrides = policyValues.partial();
export type PolicyOverrides = z.infer<typeof policyOverrides>;

/** The policy with these values over its own. Aliases add up; every other value is replaced. */
export function withOverrides(base: Policy, overrides: PolicyOverrides): Policy {
  const typeAliases = { ...base.typeAliases, ...overrides.typeAliases };
  return { ...base, ...definedOf(overrides), typeAliases };
}

function definedOf(overrides: PolicyOverrides): Partial<Policy> {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}

function problem(context: z.RefinementCtx, message: string): void {
  context.addIssue({ code: "custom", message });
}
