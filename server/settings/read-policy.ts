/** An environment's policy as people see it: every value, where it comes from, and what earlier versions changed. */
import type { PolicyField, PolicyVersionRow, PolicyView, ValueOrigin } from "@/contracts/settings";
import { policyChanges } from "@/domain/journeys/policy-changes";
import {
  type PolicyOverrides,
  type PolicyValues,
  policyOverrides,
  policyValues,
} from "@/domain/journeys/policy-values";
import { BUILT_IN_ALIASES } from "@/domain/telemetry/type-aliases";
import { iso } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import type { Policy as Row } from "@/server/storage/generated/client";
import { EVERYWHERE } from "@/server/storage/judging/policy-book";
import type { SettingsConfig } from "./create-settings";

/** Versions shown; the count of the others is told. */
const SHOWN_VERSIONS = 50;

export async function readPolicy(db: Database, config: SettingsConfig, environment: string): Promise<PolicyView> {
  const { rows, total } = await versionsOf(db, environment);
  const everywhere = await db.prisma.policy.findFirst({
    where: { environment: EVERYWHERE },
    orderBy: { version: "desc" },
  });
  const [newest] = rows;
  const base = valuesOf(everywhere, config);
  const values = newest ? valuesOf(newest, config) : base;
  const own = newest && newest.environment !== EVERYWHERE ? policyOverrides.parse(newest.overrides) : {};
  const history = rows.slice(0, SHOWN_VERSIONS);
  return {
    environment,
    version: newest?.version ?? 0,
    values,
    own,
    base,
    origins: originsOf(own, config.policyOverrides),
    aliases: aliasesOf(own, config.policyOverrides),
    history: history.map((row, i) => versionRow(row, rows[i + 1] ?? null, config)),
    historyOmitted: total - history.length,
  };
}

/** The versions that ever counted here, newest first: the environment's own, before them those of all environments. */
async function versionsOf({ prisma }: Database, environment: string): Promise<{ rows: Row[]; total: number }> {
  const take = SHOWN_VERSIONS + 1;
  const own = await prisma.policy.findMany({ where: { environment }, orderBy: { version: "desc" }, take });
  const first = await prisma.policy.findFirst({ where: { environment }, orderBy: { version: "asc" } });
  const before = {
    environment: EVERYWHERE,
    ...(first ? { version: { lt: first.version } } : {}),
  };
  const shared =
    own.length === take
      ? []
      : await prisma.policy.findMany({ where: before, orderBy: { version: "desc" }, take: take - own.length });
  const total =
    (await prisma.policy.count({ where: { environment } })) + (await prisma.policy.count({ where: before }));
  return { rows: [...own, ...shared], total };
}

function valuesOf(row: Row | null, { policy }: SettingsConfig): PolicyValues {
  const { version: _, ...fallback } = policy;
  return row ? policyValues.parse({ ...fallback, ...(row.body as object) }) : fallback;
}

function versionRow(row: Row, before: Row | null, config: SettingsConfig): PolicyVersionRow {
  return {
    version: row.version,
    from: row.validFrom.getTime() > 0 ? iso(row.validFrom) : null,
    savedAt: iso(row.createdAt),
    savedBy: row.createdBy,
    scope: row.environment === EVERYWHERE ? "all" : "environment",
    changes: before ? policyChanges(valuesOf(before, config), valuesOf(row, config)) : [],
  };
}

function originsOf(own: PolicyOverrides, variable: PolicyOverrides): Record<PolicyField, ValueOrigin> {
  const originOf = (field: PolicyField): ValueOrigin =>
    own[field] !== undefined ? "saved" : variable[field] !== undefined ? "variable" : "default";
  const fields = policyValues.keyof().options;
  return Object.fromEntries(fields.map((field) => [field, originOf(field)])) as Record<PolicyField, ValueOrigin>;
}

function aliasesOf(own: PolicyOverrides, variable: PolicyOverrides): PolicyView["aliases"] {
  const table = (aliases: Record<string, string> | undefined, origin: "variable" | "saved") =>
    Object.entries(aliases ?? {}).map(([alias, type]) => ({ alias, type, origin, inboundOnly: false }));
  const set = [...table(own.typeAliases, "saved"), ...table(variable.typeAliases, "variable")];
  const builtIn = BUILT_IN_ALIASES.map((entry) => ({ ...entry, origin: "built_in" as const }));
  return [...set, ...builtIn];
}
