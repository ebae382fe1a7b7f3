/** The checklist that a person sees. Not observed is not the same as not happened. */
import type { Stage } from "../telemetry/event";
import type { Facts } from "./facts";
import { isCritical, stepOf } from "./message-kinds";
import type { Message } from "./messages";
import {
  type Finding,
  type Hop,
  type JourneyStatus,
  STEPS,
  type Step,
  type StepState,
  type StepVerdict,
} from "./types";

/** How far a message got. */
export function hopOf(facts: Facts, message: Message): Hop {
  const reach = facts.reach.get(message);
  if (reach?.ackedAtMs !== null && reach !== undefined) return "acked";
  if (message.sends.length > 0) return "sent";
  return message.routed.length > 0 ? "routed" : "emitted";
}

interface Seen {
  atMs: number | null;
  hop: Hop | null;
}

/** When a step was done; null if it was not. */
function seen(facts: Facts, step: Step): Seen | null {
  const at = (atMs: number | undefined, hop: Hop | null = null): Seen | null =>
    atMs === undefined ? null : { atMs, hop };
  switch (step) {
    case "connected": {
      const [opening] = facts.requests[0]?.received ?? [];
      if (!opening) return null;
      const presence = facts.connections.presenceOf(opening);
      return presence.state === "open" ? { atMs: presence.interval.openedAtMs, hop: null } : null;
    }
    case "received":
      return at(facts.requests.flatMap((request) => request.received)[0]?.timeMs, "received");
    case "routed": {
      const routed = facts.requests.flatMap((request) => request.routed).find((event) => event.outcome === "ok");
      return at(routed?.timeMs ?? facts.messages[0]?.emission.atMs, "routed");
    }
    case "agent_completed":
      return facts.complete && facts.lastTurn.end ? ofMessages(facts, [facts.lastTurn.end]) : null;
    case "tool_completed":
      return facts.tools.open.length === 0 ? ofMessages(facts, facts.tools.ends) : null;
    case "response_delivered":
      return facts.deliveredAtMs === null
        ? null
        : { atMs: facts.deliveredAtMs, hop: facts.lastTurn.end ? hopOf(facts, facts.lastTurn.end) : null };
    case "persisted":
      return at(facts.events.find((event) => event.stage === "persisted" && event.outcome === "ok")?.timeMs);
    default:
      return ofMessages(
        facts,
        facts.messages.filter((message) => isCritical(message.type) && stepOf(message.type) === step),
      );
  }
}

function ofMessages(facts: Facts, messages: readonly Message[]): Seen | null {
  const first = messages.find((message) => message.emission.ok) ?? messages[0];
  return first ? { atMs: first.emission.atMs, hop: hopOf(facts, first) } : null;
}

const STAGE_OF_STEP: Partial<Record<Step, Stage>> = {
  connected: "connection_opened",
  received: "received",
  routed: "routed",
  response_delivered: "sent",
  persisted: "persisted",
};
const OPTIONAL = new Set<Step>(["agent_thinking", "tool_executing", "tool_completed"]);

/** State of a step that was not seen and that no finding blames. */
function unseenState(facts: Facts, step: Step, status: JourneyStatus): StepState {
  if (!facts.observes(STAGE_OF_STEP[step] ?? "emitted")) return "not_observed";
  const later = facts.messages.length > 0;
  if (step === "connected") return "not_observed";
  if (step === "received") return later || facts.requests.length > 0 ? "not_observed" : "pending";
  if (step === "persisted") return status === "running" ? "pending" : "not_observed";
  if (OPTIONAL.has(step) && facts.complete) return "not_needed";
  if (step === "tool_completed" && facts.tools.calls.length === 0)
    return status === "running" ? "pending" : "not_needed";
  if (status === "running") return "pending";
  return status === "abandoned" || status === "cancelled" ? "not_needed" : "not_observed";
}

export function stepsOf(facts: Facts, findings: readonly Finding[], status: JourneyStatus): StepVerdict[] {
  return STEPS.map((step) => {
    const was = seen(facts, step);
    const blamed = findings.filter((finding) => finding.fails && finding.step === step);
    const [blame] = blamed;
    if (blame) {
      return {
        step,
        state: was ? "failed" : stateOfBlame(blame),
        hop: blame.hop ?? was?.hop ?? null,
        atMs: was?.atMs ?? null,
      };
    }
    if (was) return { step, state: "done", hop: was.hop, atMs: was.atMs };
    return { step, state: unseenState(facts, step, status), hop: null, atMs: null };
  });
}

function stateOfBlame(finding: Finding): StepState {
  switch (finding.code) {
    case "not_routed":
    case "agent_not_started":
    case "stalled":
    case "missing_event":
    case "tool_unfinished":
    case "connection_lost":
      return "missing";
    default:
      return "failed";
  }
}
