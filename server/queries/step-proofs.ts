/** Which event shows that a step was done, and what handled it. */
import type { StepProof } from "@/contracts/http";
import { stepOf } from "@/domain/journeys/message-kinds";
import type { Step } from "@/domain/journeys/types";
import type { EventRow } from "@/server/storage/reading/event-row";
import type { StoredVerdict } from "./stored-verdict";

/** Of events of one moment, the stage that says most of a step comes first. */
const STAGES: Partial<Record<Step, readonly string[]>> = {
  received: ["received"],
  routed: ["routed", "emitted", "sent"],
  response_delivered: ["sent", "acked"],
  persisted: ["persisted"],
};
const OF_MESSAGES = ["emitted", "sent", "acked", "dropped"];

/**
 * @param rows events of the moments at which the steps were done
 * @returns a proof for each step that has one among them
 */
export function stepProofs(verdict: StoredVerdict, rows: readonly EventRow[]): Map<Step, StepProof> {
  const proofs = new Map<Step, StepProof>();
  for (const { step, atMs } of verdict.steps) {
    const row = atMs === null ? undefined : proving(step, atMs, rows);
    if (row) proofs.set(step, proofOf(row, verdict));
  }
  return proofs;
}

function proving(step: Step, atMs: number, rows: readonly EventRow[]): EventRow | undefined {
  if (step === "connected") return undefined;
  const then = rows.filter(({ at }) => Math.abs(microseconds(at) - atMs * 1_000) < 1);
  const stages = STAGES[step] ?? OF_MESSAGES;
  const fitting = then.filter(({ stage, type }) => stages.includes(stage) && (STAGES[step] || stepOf(type) === step));
  return fitting.sort((a, b) => rank(stages, a) - rank(stages, b))[0];
}

/** Within a stage, what succeeded comes first. */
function rank(stages: readonly string[], { stage, outcome }: EventRow): number {
  return stages.indexOf(stage) * 2 + (outcome === "ok" ? 0 : 1);
}

/** "2026-01-31T12:00:00.123456Z" since the epoch. */
function microseconds(at: string): number {
  return Date.parse(`${at.slice(0, 19)}Z`) * 1_000 + Number(at.slice(20, 26));
}

/** An agent's event rarely names the router that took its message on: its delivery does. */
function proofOf(row: EventRow, verdict: StoredVerdict): StepProof {
  const delivery = verdict.deliveries.find(({ eventIds }) => eventIds.includes(row.id));
  return {
    eventId: row.id,
    router: row.router ?? delivery?.router ?? null,
    handler: row.handler,
    version: row.version,
    instance: row.instance,
    agentName: row.agent_name,
    toolName: row.tool_name,
    connectionId: row.connection_id ?? delivery?.connectionId ?? null,
  };
}
