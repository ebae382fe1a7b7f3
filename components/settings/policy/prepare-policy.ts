/** What a person typed into the policy's form: the values that the environment then has of its own, and what is wrong. */
import { exactDuration, parseDuration } from "@/client/duration";
import type { PolicyField, PolicyView } from "@/contracts/settings";
import { type PolicyOverrides, type PolicyValues, policyValues } from "@/domain/journeys/policy-values";
import { DURATIONS, type DurationField } from "./policy-words";

export interface PolicyDraft {
  durations: Record<DurationField, string>;
  profile: PolicyValues["profile"];
  requestTypes: string[];
  observedStages: PolicyValues["observedStages"];
  /** Own values that are given up: what counts for all environments counts here again. */
  given: PolicyField[];
}

export const NO_UNIT = "write it with a unit: 500 ms, 30 s, 2 min";
type Edited = Omit<PolicyValues, "typeAliases">;
const EDITED = policyValues.omit({ typeAliases: true }).keyof().options;

export function draftOf({ values }: PolicyView): PolicyDraft {
  const { profile, requestTypes, observedStages } = values;
  const durations = Object.fromEntries(DURATIONS.map(({ field }) => [field, exactDuration(values[field])]));
  return { durations: durations as PolicyDraft["durations"], profile, requestTypes, observedStages, given: [] };
}

/** A field of the draft as all environments have it. */
export function withBase(draft: PolicyDraft, { base }: PolicyView, field: PolicyField): PolicyDraft {
  const given = [...new Set([...draft.given, field])];
  if (field.endsWith("Ms")) {
    const duration = field as DurationField;
    return { ...draft, given, durations: { ...draft.durations, [duration]: exactDuration(base[duration]) } };
  }
  return { ...draft, given, [field]: base[field] };
}

export interface PreparedPolicy {
  own: PolicyOverrides;
  /** Fields whose value would be another one than now. */
  changed: PolicyField[];
  /** What is wrong, by field. */
  problems: Partial<Record<PolicyField, string>>;
}

/** A value is the environment's own if it was before and is not given up, or if it is another than that of all. */
export function preparePolicy(view: PolicyView, draft: PolicyDraft): PreparedPolicy {
  const problems: PreparedPolicy["problems"] = {};
  const typed: Partial<Edited> = {};
  const take = <F extends keyof Edited>(field: F, value: unknown) => {
    const parsed = policyValues.shape[field].safeParse(value);
    if (parsed.success) typed[field] = parsed.data as Edited[F];
    else problems[field] = parsed.error.issues[0]?.message ?? "cannot be used";
  };
  for (const { field } of DURATIONS) {
    const ms = parseDuration(draft.durations[field]);
    if (ms === null) problems[field] = NO_UNIT;
    else take(field, ms);
  }
  take("profile", draft.profile);
  take("requestTypes", draft.requestTypes);
  take("observedStages", draft.observedStages);

  const own: PolicyOverrides = view.own.typeAliases ? { typeAliases: view.own.typeAliases } : {};
  const isOwn = (field: keyof Edited) =>
    typed[field] !== undefined &&
    (!same(typed[field], view.base[field]) || (view.own[field] !== undefined && !draft.given.includes(field)));
  for (const field of EDITED) if (isOwn(field)) Object.assign(own, { [field]: typed[field] });
  const changed = EDITED.filter(
    (field) =>
      (typed[field] !== undefined && !same(typed[field], view.values[field])) ||
      (own[field] === undefined) !== (view.own[field] === undefined),
  );
  return { own, changed, problems };
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** Neither the order of names nor that of services matters. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(canonical).sort());
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, child]) => [name, canonical(child)]);
  return JSON.stringify(entries.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
}
