/** What one version of a policy changed against another, in words for a person. */
import { type PolicyValues, policyValues } from "./policy-values";

export interface PolicyFieldChange {
  field: keyof PolicyValues;
  before: string;
  after: string;
}

const NONE = "none";

/** Every value that differs, in the order of the policy's fields. */
export function policyChanges(before: PolicyValues, after: PolicyValues): PolicyFieldChange[] {
  return policyValues.keyof().options.flatMap((field) => {
    const change = { field, before: textOf(before[field]), after: textOf(after[field]) };
    return change.before === change.after ? [] : [change];
  });
}

function textOf(value: PolicyValues[keyof PolicyValues]): string {
  if (typeof value === "number") return `${value} ms`;
  if (typeof value === "string") return value;
  const parts = Array.isArray(value)
    ? [...value].sort()
    : Object.entries(value)
        .map(([name, to]) => (Array.isArray(to) ? `${name}: ${[...to].sort().join(" ")}` : `${name} → ${to}`))
        .sort();
  return parts.join(", ") || NONE;
}
