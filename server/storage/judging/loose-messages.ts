/** Messages that belong to no journey: only what they add up to. */
import type { Contribution } from "@/domain/rollups/contribution";
import type { JourneyKey } from "./journeys";
import type { Session, Statement } from "./transaction";

export interface LooseRow extends JourneyKey {
  contribution: Contribution;
}

/** Uses loose_message_pkey. */
export const PREVIOUS_LOOSE: Statement = {
  name: "judge_previous_loose",
  text: `SELECT l.environment, l.key, json_build_object('minuteMs', (date_part('epoch', l.contribution_minute) * 1000)::bigint,
        'metrics', l.contribution) AS contribution
    FROM json_to_recordset($1::json) AS w(environment text, key text)
    CROSS JOIN LATERAL (SELECT * FROM loose_message l WHERE l.environment = w.environment AND l.key = w.key OFFSET 0) l`,
};

/** Of these keys, the loose messages that exist. */
export async function previousLoose(session: Session, keys: readonly JourneyKey[]): Promise<LooseRow[]> {
  return keys.length === 0 ? [] : session.query<LooseRow>(PREVIOUS_LOOSE, JSON.stringify(keys));
}

/** Uses loose_message_pkey. */
export const UPSERT_LOOSE: Statement = {
  name: "judge_upsert_loose",
  text: `INSERT INTO loose_message AS l (environment, key, contribution, contribution_minute, judged_at)
    SELECT environment, key, contribution->'metrics', to_timestamp((contribution->>'minuteMs')::float8 / 1000),
      to_timestamp($2::float8 / 1000)
    FROM json_to_recordset($1::json)
      AS w(environment text, key text, contribution jsonb)
    ON CONFLICT (environment, key) DO UPDATE SET contribution = EXCLUDED.contribution,
      contribution_minute = EXCLUDED.contribution_minute, judged_at = EXCLUDED.judged_at
    WHERE (l.contribution, l.contribution_minute)
      IS DISTINCT FROM (EXCLUDED.contribution, EXCLUDED.contribution_minute)`,
};

/** Writes what loose messages add up to. */
export async function upsertLoose(session: Session, loose: readonly LooseRow[], nowMs: number): Promise<void> {
  if (loose.length > 0) await session.query(UPSERT_LOOSE, JSON.stringify(loose), nowMs);
}

/** Uses loose_message_pkey. */
export const DELETE_LOOSE: Statement = {
  name: "judge_delete_loose",
  text: `DELETE FROM loose_message l USING json_to_recordset($1::json) AS w(environment text, key text)
    WHERE l.environment = w.environment AND l.key = w.key`,
};

/** Removes messages that became part of a journey. */
export async function deleteLoose(session: Session, keys: readonly JourneyKey[]): Promise<void> {
  if (keys.length > 0) await session.query(DELETE_LOOSE, JSON.stringify(keys));
}
