/**
 * What a person does with an incident. A wish that holds already changes nothing and is no error, so that two people who
 * press the same button both get what they wanted; the first one's name stays.
 */
import { assertNever } from "../assert-never";
import type { HistoryEntry, IncidentState, StandingStatus } from "./incident-state";

/** The longest that an incident can be muted. */
export const MAX_MUTE_MS = 90 * 86_400_000;
export const MAX_NOTE_LENGTH = 4_000;

export type IncidentCommand =
  | { kind: "acknowledge" }
  | { kind: "resolve" }
  | { kind: "reopen" }
  | { kind: "mute"; untilMs: number }
  | { kind: "unmute" }
  | { kind: "note"; text: string };

/** Who does it, and when. */
export interface IncidentActor {
  name: string;
  nowMs: number;
}

export type CommandResult =
  | { ok: true; state: IncidentState; entry: HistoryEntry | null }
  | { ok: false; code: "wrong_state" | "out_of_range"; message: string };

export function applyCommand(state: IncidentState, command: IncidentCommand, by: IncidentActor): CommandResult {
  const { status } = state;
  switch (command.kind) {
    case "note":
      return { ok: true, state, entry: { action: "noted", from: null, note: command.text } };
    case "acknowledge":
      if (status === "acknowledged") return unchanged(state);
      if (status === "resolved") return wrongState("It is resolved; open it again first.");
      if (status === "withdrawn") return nothingStands;
      return moved(state, "acknowledged", "acknowledged", { acknowledgedBy: by.name, acknowledgedAtMs: by.nowMs });
    case "resolve":
      if (status === "resolved") return unchanged(state);
      if (status === "withdrawn") return nothingStands;
      // What comes back after this must be heard.
      return moved(state, "resolved", "resolved", {
        ...{ resolvedBy: by.name, resolvedAtMs: by.nowMs, mutedUntilMs: null, mutedBy: null },
        ...{ regressedVersion: null, regressedAtMs: null },
      });
    case "reopen":
      if (status === "open" || status === "regressed") return unchanged(state);
      if (status === "withdrawn") return nothingStands;
      return moved(state, "open", "reopened", {
        ...{ acknowledgedBy: null, acknowledgedAtMs: null, resolvedBy: null, resolvedAtMs: null },
        ...{ regressedVersion: null, regressedAtMs: null },
      });
    case "mute":
      return mute(state, command.untilMs, by);
    case "unmute": {
      if (!isMuted(state, by.nowMs)) return unchanged(state);
      const unmuted = { ...state, mutedUntilMs: null, mutedBy: null };
      return { ok: true, state: unmuted, entry: { action: "unmuted", from: null } };
    }
    default:
      return assertNever(command);
  }
}

/** Whether nobody is to be told of it now. */
export function isMuted({ mutedUntilMs }: Pick<IncidentState, "mutedUntilMs">, nowMs: number): boolean {
  return mutedUntilMs !== null && mutedUntilMs > nowMs;
}

function mute(state: IncidentState, untilMs: number, { name, nowMs }: IncidentActor): CommandResult {
  if (state.status === "withdrawn") return nothingStands;
  if (state.status === "resolved") return wrongState("It is resolved: nothing is told of it before it comes back.");
  if (untilMs <= nowMs) return { ok: false, code: "out_of_range", message: "must lie in the future" };
  if (untilMs > nowMs + MAX_MUTE_MS) {
    return { ok: false, code: "out_of_range", message: "must be at most 90 days ahead" };
  }
  if (state.mutedUntilMs === untilMs) return unchanged(state);
  const muted = { ...state, mutedUntilMs: untilMs, mutedBy: name };
  return { ok: true, state: muted, entry: { action: "muted", from: null, mutedUntilMs: untilMs } };
}

function moved(
  state: IncidentState,
  status: StandingStatus,
  action: HistoryEntry["action"],
  change: Partial<IncidentState>,
): CommandResult {
  return { ok: true, state: { ...state, ...change, status }, entry: { action, from: state.status } };
}

function unchanged(state: IncidentState): CommandResult {
  return { ok: true, state, entry: null };
}

function wrongState(message: string): CommandResult {
  return { ok: false, code: "wrong_state", message };
}

const nothingStands = wrongState("Every occurrence was disproved: there is nothing to act on.");
