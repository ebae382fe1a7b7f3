/** Saves an environment's policy, or says what a save would do. */
import type { PolicyChange, PolicyDryRun } from "@/contracts/settings";
import { policyChanges } from "@/domain/journeys/policy-changes";
import { withOverrides } from "@/domain/journeys/policy-values";
import type { Database } from "@/server/storage/database";
import { countSince } from "@/server/storage/mark-since";
import { savePolicy } from "@/server/storage/save-policy";
import { sqlState } from "@/server/storage/sql-state";
import type { SettingsConfig } from "./create-settings";
import { readPolicy } from "./read-policy";

/** So far back a change may reach, and so many journeys it may judge again: the judge has others to judge meanwhile. */
const MAX_BACK_MS = 7 * 86_400_000;
const MAX_JOURNEYS = 100_000;
const LOCK_NOT_AVAILABLE = "55P03";

export type PolicyRefusal =
  | { code: "changed_meanwhile"; message: string }
  | { code: "busy"; message: string }
  | { code: "out_of_range"; field: string; message: string };

export interface PolicyDeps {
  db: Database;
  config: SettingsConfig;
  nowMs: () => number;
}

/** What the change would do; nothing is saved. */
export async function previewPolicy(
  { db, config, nowMs }: PolicyDeps,
  environment: string,
  change: PolicyChange,
): Promise<{ ok: true; answer: PolicyDryRun } | { ok: false; refusal: PolicyRefusal }> {
  const fromMs = startOf(change);
  const current = await readPolicy(db, config, environment);
  if (current.version !== change.basedOn) return { ok: false, refusal: changedMeanwhile(current.version) };
  const refusal = fromMs === null ? null : outOfRange(fromMs, nowMs());
  if (refusal) return { ok: false, refusal };
  const { version: _, ...after } = withOverrides({ ...current.base, version: 0 }, change.own);
  const journeys = fromMs === null ? 0 : await countSince(db.pool, environment, fromMs, MAX_JOURNEYS + 1);
  const answer = {
    changes: policyChanges(current.values, after),
    journeys: Math.min(journeys, MAX_JOURNEYS),
    atLeast: journeys > MAX_JOURNEYS,
  };
  return { ok: true, answer };
}

/** Saves the change as a version of its own. */
export async function changePolicy(
  deps: PolicyDeps,
  environment: string,
  change: PolicyChange,
  savedBy: string,
): Promise<{ ok: true; version: number; preview: PolicyDryRun } | { ok: false; refusal: PolicyRefusal }> {
  const preview = await previewPolicy(deps, environment, change);
  if (!preview.ok) return preview;
  if (preview.answer.atLeast) return { ok: false, refusal: tooMany() };
  try {
    const draft = { environment, basedOn: change.basedOn, overrides: change.own, fromMs: startOf(change), savedBy };
    const saved = await savePolicy(deps.db, draft);
    if (!saved.ok) return { ok: false, refusal: changedMeanwhile(saved.version) };
    return { ok: true, version: saved.version, preview: preview.answer };
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    return {
      ok: false,
      refusal: { code: "busy", message: "The judge or a backup holds the policies; nothing was saved. Try again." },
    };
  }
}

function startOf({ applyFrom }: PolicyChange): number | null {
  return applyFrom === null || applyFrom === undefined ? null : Date.parse(applyFrom);
}

function outOfRange(fromMs: number, nowMs: number): PolicyRefusal | null {
  if (fromMs > nowMs) return refused("must not lie in the future");
  return fromMs < nowMs - MAX_BACK_MS ? refused("must be at most 7 days ago") : null;
}

function tooMany(): PolicyRefusal {
  return refused(`more than ${MAX_JOURNEYS.toLocaleString("en")} journeys began since; choose a later time`);
}

function refused(message: string): PolicyRefusal {
  return { code: "out_of_range", field: "applyFrom", message };
}

function changedMeanwhile(version: number): PolicyRefusal {
  return {
    code: "changed_meanwhile",
    message: `Somebody saved version ${version} meanwhile; look at it and change it anew.`,
  };
}
