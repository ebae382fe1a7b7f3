/** A person's change to an incident: read under its lock, decided by the state machine, written with its history. */
import type { IncidentChange } from "@/contracts/incidents";
import { applyCommand, type IncidentCommand } from "@/domain/incidents/apply-command";
import type { HistoryAction } from "@/domain/incidents/incident-state";
import type { Database } from "@/server/storage/database";
import {
  type HistoryActor,
  type IncidentStep,
  READ_STATE,
  type StoredState,
  stateOf,
  writeSteps,
} from "@/server/storage/judging/incident-states";
import { lockAll } from "@/server/storage/judging/locks";
import { incidentLock } from "@/server/storage/judging/occurrences";
import { inTransaction } from "@/server/storage/judging/transaction";

export interface ChangedIncident {
  ok: true;
  environment: string;
  rule: string;
  router: string | null;
  status: string;
  /** What was really done; empty where everything wished held already. */
  actions: HistoryAction[];
}
export type IncidentRefusal =
  | { ok: false; code: "not_found" | "changed_meanwhile" | "wrong_state"; message: string }
  | { ok: false; code: "out_of_range"; field: string; message: string };

/** Judges and people wait for each other here, for the moment of one transaction. */
export function changeIncident(
  { pool }: Database,
  { environments, id, change }: { environments: readonly string[]; id: string; change: IncidentChange },
  actor: HistoryActor & { name: string },
  nowMs: number,
): Promise<ChangedIncident | IncidentRefusal> {
  return inTransaction(pool, async (session): Promise<ChangedIncident | IncidentRefusal> => {
    await lockAll(session, [incidentLock(id)]);
    const [stored] = await session.query<StoredState>(READ_STATE, id, environments);
    if (!stored) return { ok: false, code: "not_found", message: "No incident has this id." };
    const before = stateOf(stored);
    let state = before;
    const steps: IncidentStep[] = [];
    for (const command of commandsOf(change)) {
      const result = applyCommand(state, command, { name: actor.name, nowMs });
      if (!result.ok) {
        const { code, message } = result;
        return code === "out_of_range"
          ? { ok: false, code, field: "mutedUntil", message }
          : { ok: false, code, message };
      }
      if (!result.entry) continue;
      state = result.state;
      steps.push({ id, state: null, entry: result.entry });
    }
    const last = steps.at(-1);
    if (last && state !== before) {
      if (change.revision !== undefined && change.revision !== stored.revision) {
        const message = `It is ${stored.status} by now; look at it again first.`;
        return { ok: false, code: "changed_meanwhile", message };
      }
      last.state = state;
    }
    await writeSteps(session, steps, actor, nowMs);
    const { environment, rule, router } = stored;
    const actions = steps.map(({ entry }) => entry.action);
    return { ok: true, environment, rule, router: router || null, status: state.status, actions };
  });
}

const STATUS_COMMANDS = { open: "reopen", acknowledged: "acknowledge", resolved: "resolve" } as const;

function commandsOf({ status, mutedUntil, note }: IncidentChange): IncidentCommand[] {
  return [
    ...(status === undefined ? [] : [{ kind: STATUS_COMMANDS[status] }]),
    ...(mutedUntil === undefined
      ? []
      : [
          mutedUntil === null
            ? { kind: "unmute" as const }
            : { kind: "mute" as const, untilMs: Date.parse(mutedUntil) },
        ]),
    ...(note === undefined ? [] : [{ kind: "note" as const, text: note }]),
  ];
}
