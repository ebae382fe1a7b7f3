/**
 * Saves a version of a policy and puts into the judge's queue what it concerns. Judges hold a lock on the table from
 * their look at the policies until their commit, and the saver waits for them: whatever was judged before by older
 * versions is marked here, whatever is judged later knows the new one. No verdict falls between.
 */
import { isDeepStrictEqual } from "node:util";
import type { PoolClient } from "pg";
import { type PolicyOverrides, withOverrides } from "@/domain/journeys/policy-values";
import type { Policy } from "@/domain/journeys/types";
import type { Database } from "./database";
import { EVERYWHERE } from "./judging/policy-book";
import { markSince } from "./mark-since";
import { LIST_ENVIRONMENTS_SQL } from "./reading/list-environments";
import { inTransaction } from "./transaction";

/** So long a judge's transaction is waited for; judges wait behind, so it is short. */
const LOCK_TIMEOUT = "5s";

/** Uses policy_pkey. */
export const NEWEST_POLICY = `SELECT version, body, overrides FROM policy
  WHERE environment = $1 ORDER BY version DESC LIMIT 1`;

/** Uses policy_version_key. The first version of all reaches back without end; none begins in the future. */
export const INSERT_POLICY = `INSERT INTO policy (environment, version, body, overrides, created_by, valid_from)
  SELECT $1, coalesce(max(version), 0) + 1, $2::jsonb, $3::jsonb, $4, CASE WHEN max(version) IS NULL
    THEN to_timestamp(0) ELSE least(to_timestamp($5::float8 / 1000), clock_timestamp()) END FROM policy
  RETURNING version, date_part('epoch', valid_from) * 1000 AS "fromMs"`;

interface StoredPolicy {
  version: number;
  body: Omit<Policy, "version">;
  overrides: PolicyOverrides;
}

export interface PolicyDraft {
  environment: string;
  /** The version that its author saw; when it is not the newest any more nothing is saved. */
  basedOn: number;
  overrides: PolicyOverrides;
  /** Journeys that began since are judged by it; null = those that begin from now on. */
  fromMs: number | null;
  savedBy: string;
}

export interface SavedPolicy {
  version: number;
  fromMs: number;
  /** How much was put into the judge's queue. */
  marked: number;
}

export type SavePolicyResult = ({ ok: true } & SavedPolicy) | { ok: false; code: "policy_changed"; version: number };

/**
 * Saves an environment's own values over the policy of all environments.
 * @throws a database error (55P03) when judges did not end in time
 */
export function savePolicy(db: Database, draft: PolicyDraft): Promise<SavePolicyResult> {
  return inTransaction(db, async (client): Promise<SavePolicyResult> => {
    await lockPolicies(client);
    const everywhere = await newest(client, EVERYWHERE);
    const current = (await newest(client, draft.environment)) ?? everywhere;
    if (!everywhere || !current || current.version !== draft.basedOn) {
      return { ok: false, code: "policy_changed", version: current?.version ?? 0 };
    }
    const next = { ...draft, ...resolved(everywhere, draft.overrides), before: current.body };
    return { ok: true, ...(await insert(client, next, [draft.environment])) };
  });
}

/**
 * Makes `policy` the newest version of all environments, where it differs, and carries it into those with values of
 * their own. Where nothing differs nobody is waited for.
 */
export async function settlePolicy(db: Database, policy: Policy): Promise<void> {
  const { version: _, ...body } = policy;
  const due = await inTransaction(db, (client) => unsettled(client, body));
  if (due.length === 0) return;
  await inTransaction(db, async (client) => {
    await lockPolicies(client);
    for (const { insertion, concerned } of await unsettled(client, body)) await insert(client, insertion, concerned);
  });
}

/** The versions that are missing for `body` to count everywhere. */
async function unsettled(
  client: PoolClient,
  body: StoredPolicy["body"],
): Promise<{ insertion: Insertion; concerned: string[] }[]> {
  const from = { fromMs: null, savedBy: "settings" };
  const own = await ownPolicies(client);
  const last = await newest(client, EVERYWHERE);
  const missing: { insertion: Insertion; concerned: string[] }[] = [];
  if (!last || !isDeepStrictEqual(last.body, body)) {
    const names = new Set(own.map(({ environment }) => environment));
    const concerned = (await environments(client)).filter((environment) => !names.has(environment));
    const insertion = { environment: EVERYWHERE, body, overrides: {}, before: last?.body, ...from };
    missing.push({ insertion, concerned });
  }
  for (const { environment, overrides, body: before } of own) {
    const insertion = { environment, ...resolved({ body, overrides: {}, version: 0 }, overrides), before, ...from };
    if (!isDeepStrictEqual(insertion.body, before)) missing.push({ insertion, concerned: [environment] });
  }
  return missing;
}

async function lockPolicies(client: PoolClient): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
  await client.query("LOCK TABLE policy IN ACCESS EXCLUSIVE MODE");
}

async function newest(client: PoolClient, environment: string): Promise<StoredPolicy | null> {
  return (await client.query<StoredPolicy>(NEWEST_POLICY, [environment])).rows[0] ?? null;
}

/** Uses policy_pkey. */
export const OWN_POLICIES = `SELECT DISTINCT ON (environment) environment, version, body, overrides FROM policy
  WHERE environment > '' ORDER BY environment, version DESC`;

async function ownPolicies(client: PoolClient): Promise<(StoredPolicy & { environment: string })[]> {
  return (await client.query<StoredPolicy & { environment: string }>(OWN_POLICIES)).rows;
}

async function environments(client: PoolClient): Promise<string[]> {
  return (await client.query<{ environment: string }>(LIST_ENVIRONMENTS_SQL)).rows.map((row) => row.environment);
}

function resolved({ body, version }: StoredPolicy, overrides: PolicyOverrides) {
  const { version: _, ...values } = withOverrides({ ...body, version }, overrides);
  return { body: values, overrides };
}

interface Insertion extends Pick<PolicyDraft, "environment" | "overrides" | "fromMs" | "savedBy"> {
  body: StoredPolicy["body"];
  before: StoredPolicy["body"] | undefined;
}

async function insert(
  client: PoolClient,
  { environment, body, before, overrides, savedBy, fromMs }: Insertion,
  concerned: readonly string[],
): Promise<SavedPolicy> {
  const values = [environment, JSON.stringify(body), JSON.stringify(overrides), savedBy, fromMs];
  const saved = (await client.query<Omit<SavedPolicy, "marked">>(INSERT_POLICY, values)).rows[0];
  if (!saved) throw new Error("a version was not inserted");
  const opening = fromMs !== null || !isDeepStrictEqual(body.requestTypes, before?.requestTypes);
  return { ...saved, marked: await markSince(client, concerned, saved.fromMs, opening) };
}
