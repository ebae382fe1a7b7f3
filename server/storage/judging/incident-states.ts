/**
 * States of incidents, for the judge and for people alike. Whoever writes one holds the advisory lock of the incident
 * since before it read the state.
 */
import { afterCount, type NewOccurrence } from "@/domain/incidents/after-count";
import {
  type HistoryEntry,
  type IncidentState,
  type IncidentStatus,
  NEW_INCIDENT,
} from "@/domain/incidents/incident-state";
import type { Session, Statement } from "./transaction";

/** The columns of {@link StoredState}, of the incident `i`. */
export const STATE_COLUMNS = `i.id, i.environment, i.rule, i.router, i.revision, i.occurrences AS standing, i.status,
    i.withdrawn_from AS "withdrawnFrom", i.acknowledged_by AS "acknowledgedBy", i.acknowledged_at AS "acknowledgedAt",
    i.resolved_by AS "resolvedBy", i.resolved_at AS "resolvedAt", i.regressed_version AS "regressedVersion",
    i.regressed_at AS "regressedAt", i.muted_until AS "mutedUntil", i.muted_by AS "mutedBy"`;

export interface StoredState {
  id: string;
  environment: string;
  rule: string;
  router: string;
  revision: number;
  /** Occurrences that are not disproved. */
  standing: number;
  status: IncidentStatus;
  withdrawnFrom: IncidentState["withdrawnFrom"];
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
  resolvedBy: string | null;
  resolvedAt: Date | null;
  regressedVersion: string | null;
  regressedAt: Date | null;
  mutedUntil: Date | null;
  mutedBy: string | null;
}

/** Who did something; telemetry has no name. */
export interface HistoryActor {
  kind: "judge" | "session" | "key";
  name: string | null;
}

export interface IncidentStep {
  id: string;
  /** null = the state stays. */
  state: IncidentState | null;
  entry: HistoryEntry;
}

/** Uses incident_pkey. */
export const READ_STATE: Statement = {
  name: "incident_state",
  text: `SELECT ${STATE_COLUMNS} FROM incident i WHERE i.id = $1 AND i.environment = ANY($2::text[])`,
};

/** Uses incident_pkey. */
export const SET_STATES: Statement = {
  name: "judge_set_incident_states",
  text: `UPDATE incident i SET revision = i.revision + 1, status = w.status, withdrawn_from = w."withdrawnFrom",
      acknowledged_by = w."acknowledgedBy", acknowledged_at = to_timestamp(w."acknowledgedAtMs" / 1000),
      resolved_by = w."resolvedBy", resolved_at = to_timestamp(w."resolvedAtMs" / 1000),
      regressed_version = w."regressedVersion", regressed_at = to_timestamp(w."regressedAtMs" / 1000),
      muted_until = to_timestamp(w."mutedUntilMs" / 1000), muted_by = w."mutedBy",
      updated_at = to_timestamp($2::float8 / 1000)
    FROM json_to_recordset($1::json) AS w(id text, status text, "withdrawnFrom" text, "acknowledgedBy" text,
      "acknowledgedAtMs" float8, "resolvedBy" text, "resolvedAtMs" float8, "regressedVersion" text,
      "regressedAtMs" float8, "mutedUntilMs" float8, "mutedBy" text)
    WHERE i.id = w.id`,
};

/** Only inserts. */
export const ADD_HISTORY: Statement = {
  name: "judge_add_incident_history",
  text: `INSERT INTO incident_history (incident_id, at, action, actor_kind, actor_name, detail, note)
    SELECT w.id, to_timestamp($2::float8 / 1000), w.action, $3, $4, w.detail, w.note
    FROM json_to_recordset($1::json) AS w(id text, action text, detail jsonb, note text)`,
};

/** Writes what happened to incidents, and the states that it left them in. */
export async function writeSteps(
  session: Session,
  steps: readonly IncidentStep[],
  actor: HistoryActor,
  nowMs: number,
): Promise<void> {
  if (steps.length === 0) return;
  const moved = steps.flatMap(({ id, state }) => (state ? [{ id, ...state }] : []));
  if (moved.length > 0) await session.query(SET_STATES, JSON.stringify(moved), nowMs);
  const entries = steps.map(({ id, entry: { action, note, ...detail } }) => ({ id, action, note, detail }));
  await session.query(ADD_HISTORY, JSON.stringify(entries), nowMs, actor.kind, actor.name);
}

/** Moves incidents on after their occurrences were counted. Nothing is written where nothing changes its status. */
export async function moveIncidents(
  session: Session,
  counted: readonly StoredState[],
  { created, newest }: { created: ReadonlySet<string>; newest: ReadonlyMap<string, NewOccurrence> },
  nowMs: number,
): Promise<void> {
  const steps = counted.flatMap((stored): IncidentStep[] => {
    const { id, standing } = stored;
    const found = newest.get(id) ?? null;
    if (created.has(id) && found) return [{ id, state: null, entry: { action: "detected", from: null, ...found } }];
    const moved = afterCount(stateOf(stored), { standing, newest: found, nowMs });
    return moved ? [{ id, ...moved }] : [];
  });
  await writeSteps(session, steps, { kind: "judge", name: null }, nowMs);
}

export function stateOf(stored: StoredState): IncidentState {
  const { status, withdrawnFrom, acknowledgedBy, resolvedBy, regressedVersion, mutedBy } = stored;
  return {
    ...NEW_INCIDENT,
    ...{ status, withdrawnFrom, acknowledgedBy, resolvedBy, regressedVersion, mutedBy },
    acknowledgedAtMs: stored.acknowledgedAt?.getTime() ?? null,
    resolvedAtMs: stored.resolvedAt?.getTime() ?? null,
    regressedAtMs: stored.regressedAt?.getTime() ?? null,
    mutedUntilMs: stored.mutedUntil?.getTime() ?? null,
  };
}
