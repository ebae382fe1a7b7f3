/** What is known of one journey before anything is judged: its requests, messages, owner, turns and end. */
import { distinct } from "../collections/group-by";
import { type ConnectionIndex, indexConnections } from "../connections/connection-index";
import type { ObservedEvent, Stage } from "../telemetry/event";
import { inOrder } from "../telemetry/order";
import { placesOf, type Reach, reachOf } from "./copies";
import { type Departure, departureOf } from "./departure";
import { CANCELLED_TYPE, isCritical, STOP_TYPE } from "./message-kinds";
import { joinMessages, type Message } from "./messages";
import { isByOutermost, outermostAgent } from "./outermost-agent";
import { type Owner, ownerOf } from "./owner";
import { createPatience, observes, type Patience } from "./patience";
import { type Request, requestsOf, type Turn, turnsOf } from "./requests";
import { pairTools, type ToolCalls } from "./tools";
import type { JourneyGroup, JudgeContext, Policy } from "./types";

export interface JudgedTurn extends Turn {
  /** Messages emitted in this turn. */
  messages: Message[];
  /** The outermost agent's completion that ends the turn: the first that is ok, else the last that failed. */
  end: Message | null;
}

export interface Facts {
  group: JourneyGroup;
  context: JudgeContext;
  policy: Policy;
  events: ObservedEvent[];
  connections: ConnectionIndex;
  patience: Patience;
  owner: Owner;
  requests: Request[];
  turns: JudgedTurn[];
  lastTurn: JudgedTurn;
  messages: Message[];
  /** Name of the agent that answers the user. */
  outermost: string | null;
  reach: ReadonlyMap<Message, Reach>;
  tools: ToolCalls;
  /** Complete: the outermost agent completed, ok, after the last request. */
  complete: boolean;
  endedAtMs: number | null;
  /** When the response of the last turn reached the owner. */
  deliveredAtMs: number | null;
  departure: Departure | null;
  /** When the user stopped the run before its end. */
  stoppedAtMs: number | null;
  observes(stage: Stage): boolean;
}

export function gatherFacts(group: JourneyGroup, context: JudgeContext, policy: Policy, nowMs: number): Facts {
  const events = inOrder(group.events);
  const connections = indexConnections(context.intervals);
  const requests = requestsOf(events, policy);
  const owner = ownerOf(requests[0] ?? null, events, connections, context.knownUsers);
  const emittedIds = new Set(events.flatMap((event) => (event.stage === "emitted" ? (event.messageId ?? []) : [])));
  const ofRequests = new Set(requests.flatMap((request) => request.dropped));
  const messages = joinMessages(
    events.filter((event) => !ofRequests.has(event) && isOfMessage(event, emittedIds, policy)),
    placesOf(connections),
  );
  const reach = new Map(messages.map((message) => [message, reachOf(message, owner.user, connections)]));
  const outermost = outermostAgent(messages);
  const turns = turnsOf(requests).map((turn): JudgedTurn => {
    const own = messages.filter(({ emission }) => emission.atMs >= turn.fromMs && emission.atMs < turn.toMs);
    return { ...turn, messages: own, end: endOf(own, outermost) };
  });
  const lastTurn = turns.at(-1) ?? { request: null, fromMs: 0, toMs: 0, messages, end: null };
  const end = lastTurn.end;
  const deliveredAtMs = end ? (reach.get(end)?.deliveredAtMs ?? null) : null;
  const services = distinct(events.map((event) => event.service ?? undefined));
  const withoutService = events.some((event) => event.service === null);
  const sources = new Set(distinct(events.map((event) => event.sourceId)));
  const departure =
    owner.user === null
      ? null
      : departureOf(connections.ofUser(owner.user), {
          nowMs,
          reconnectMs: policy.reconnectMs,
          owed: turns.map((turn) => ({
            fromMs: turn.request?.atMs ?? events[0]?.timeMs ?? 0,
            deliveredAtMs: turn.end ? (reach.get(turn.end)?.deliveredAtMs ?? null) : null,
          })),
        });
  return {
    group,
    context,
    policy,
    events,
    connections,
    owner,
    requests,
    turns,
    lastTurn,
    messages,
    outermost,
    reach,
    departure,
    deliveredAtMs,
    patience: createPatience(
      nowMs,
      context.outages.filter((outage) => sources.has(outage.sourceId)),
    ),
    tools: pairTools(messages),
    complete: end?.emission.ok ?? false,
    endedAtMs: end?.emission.atMs ?? null,
    stoppedAtMs: stopOf(events, context, owner.user, connections, lastTurn, end?.emission.atMs ?? null),
    observes: (stage) => observes(withoutService ? [...services, null] : services, stage, policy),
  };
}

/** Outbound events; `routed` is outbound where it carries an agent's message. */
function isOfMessage(event: ObservedEvent, emittedIds: ReadonlySet<string>, policy: Policy): boolean {
  switch (event.stage) {
    case "emitted":
    case "sent":
    case "acked":
    case "dropped":
      return true;
    case "routed":
      if (isCritical(event.type)) return true;
      return !policy.requestTypes.includes(event.type ?? "") && emittedIds.has(event.messageId ?? "");
    default:
      return false;
  }
}

export function endOf(messages: readonly Message[], outermost: string | null): Message | null {
  const completions = messages.filter(
    (message) => message.type === "agent_completed" && isByOutermost(message, outermost),
  );
  return completions.find((message) => message.emission.ok) ?? completions.at(-1) ?? null;
}

/** The first stop of the last turn that came before its end. */
function stopOf(
  events: readonly ObservedEvent[],
  context: JudgeContext,
  owner: string | null,
  connections: ConnectionIndex,
  turn: JudgedTurn,
  endMs: number | null,
): number | null {
  const threads = new Set(distinct(events.map((event) => event.threadId)));
  const ofSender = context.stops.filter((stop) => {
    const presence = connections.presenceOf(stop);
    const sender = (presence.state === "open" ? presence.user : null) ?? stop.userId;
    return owner !== null && sender === owner && stop.threadId !== null && threads.has(stop.threadId);
  });
  const own = events.filter(
    (event) => (event.type === STOP_TYPE && event.stage === "received") || event.type === CANCELLED_TYPE,
  );
  const startMs = turn.request?.atMs ?? events[0]?.timeMs ?? 0;
  const times = [...own, ...ofSender]
    .map((event) => event.timeMs)
    .filter((timeMs) => timeMs >= startMs && (endMs === null || timeMs <= endMs));
  return times.length > 0 ? Math.min(...times) : null;
}
