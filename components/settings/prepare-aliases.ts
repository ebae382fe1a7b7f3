/** The table of aliases as it would be, and what of it is new. */
import type { PolicyView } from "@/contracts/settings";
import { type PolicyOverrides, policyValues } from "@/domain/journeys/policy-values";

export interface AliasRow {
  alias: string;
  type: string;
  origin: "saved" | "variable" | "built_in";
  inboundOnly: boolean;
  /** Another row with this name counts instead. */
  overridden: boolean;
}

export interface PreparedAliases {
  rows: AliasRow[];
  changed: number;
  /** All values that the environment would have of its own. */
  own: PolicyOverrides;
}

export function prepareAliases(view: PolicyView, saved: Record<string, string>): PreparedAliases {
  const before = view.own.typeAliases ?? {};
  const mine = Object.entries(saved).map(([alias, type]) => ({
    ...{ alias, type, origin: "saved" as const, inboundOnly: false, overridden: false },
  }));
  const others = view.aliases
    .filter((row) => row.origin !== "saved")
    .map((row) => ({ ...row, overridden: Object.hasOwn(saved, row.alias) }));
  const names = new Set([...Object.keys(before), ...Object.keys(saved)]);
  const { typeAliases: _, ...rest } = view.own;
  return {
    rows: [...mine, ...others],
    changed: [...names].filter((name) => before[name] !== saved[name]).length,
    own: mine.length === 0 ? rest : { ...rest, typeAliases: saved },
  };
}

/** Why an alias cannot be added, in the server's words; null when it can. */
export function refuseAlias(table: Record<string, string>, alias: string, type: string): string | null {
  if (Object.hasOwn(table, alias)) return `${alias} is there already`;
  const parsed = policyValues.shape.typeAliases.safeParse({ ...table, [alias]: type });
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? "cannot be used");
}
