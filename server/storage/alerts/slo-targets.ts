/** Targets that an admin set, per environment. */
import { z } from "zod";
import { OBJECTIVES, type OwnTargets } from "@/domain/slo/objectives";
import type { Connection } from "./alerts";

export interface StoredTargets {
  targets: OwnTargets;
  /** 0 = nobody set any. */
  revision: number;
  changedAtMs: number | null;
  changedBy: string | null;
}

const NONE: StoredTargets = { targets: {}, revision: 0, changedAtMs: null, changedBy: null };

/** Uses slo_targets_pkey. */
export const READ_TARGETS = `SELECT environment, targets, revision, date_part('epoch', changed_at) * 1000 AS "changedAtMs",
  changed_by AS "changedBy" FROM slo_targets WHERE environment = ANY ($1::text[])`;

const targets = z.partialRecord(z.enum(OBJECTIVES), z.number());

/** What was set in an environment. */
export type TargetsOf = (environment: string) => StoredTargets;

export async function readTargets(connection: Connection, environments: readonly string[]): Promise<TargetsOf> {
  const { rows } = await connection.query<StoredTargets & { environment: string }>(READ_TARGETS, [environments]);
  const stored = new Map(
    rows.map(({ environment, ...row }) => [environment, { ...row, targets: targets.parse(row.targets) }]),
  );
  return (environment) => stored.get(environment) ?? NONE;
}

/** Uses slo_targets_pkey. Nothing is written when another revision came in between. */
export const SAVE_TARGETS = `INSERT INTO slo_targets AS t (environment, targets, revision, changed_at, changed_by)
  SELECT $1, $2::jsonb, $3::integer + 1, to_timestamp($4::float8 / 1000), $5
  WHERE $3::integer = 0 OR EXISTS (SELECT FROM slo_targets WHERE environment = $1)
  ON CONFLICT (environment) DO UPDATE SET targets = EXCLUDED.targets, revision = EXCLUDED.revision,
    changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by WHERE t.revision = $3::integer
  RETURNING revision`;

/** Saves the next revision after `basedOn`; false when that is not the newest any more. */
export async function saveTargets(
  connection: Connection,
  given: { environment: string; targets: OwnTargets; basedOn: number; savedBy: string; nowMs: number },
): Promise<boolean> {
  const { environment, targets, basedOn, savedBy, nowMs } = given;
  const values = [environment, JSON.stringify(targets), basedOn, nowMs, savedBy];
  return (await connection.query(SAVE_TARGETS, values)).rows.length === 1;
}
