/**
 * Which events belong to one journey. A function of the set: the same events in any order give the same groups.
 * Runs and inbound messages join transitively; ids of outbound messages never join runs.
 */
import { createDisjointSets } from "../collections/disjoint-sets";
import { distinct, groupBy } from "../collections/group-by";
import { type ConnectionIndex, indexConnections } from "../connections/connection-index";
import type { ObservedEvent } from "../telemetry/event";
import { byTime, inOrder } from "../telemetry/order";
import { isOutbound, isRequest, STOP_TYPE } from "./message-kinds";
import { createResolver, type RequestResolver, requestId, sameMessage } from "./resolve-request";
import type { JourneyGroup, JudgeContext, Policy } from "./types";

export interface Joined {
  groups: JourneyGroup[];
  /** Messages that belong to no journey, one entry a message. */
  loose: ObservedEvent[][];
}

const runNode = (runId: string) => `r:${runId}`;

/** The inbound message id that an event ties its run to, if any. */
function namedRequest(event: ObservedEvent, policy: Policy): string | null {
  if (event.inReplyTo !== null) return event.inReplyTo;
  const inbound = event.stage === "routed" || event.stage === "dropped";
  return inbound && policy.requestTypes.includes(event.type ?? "") ? event.messageId : null;
}

/**
 * @param events everything that shares a run id, a message id or a reply with the journeys wanted, of one environment
 * @param context connection intervals and known users
 */
export function joinJourneys(events: readonly ObservedEvent[], context: JudgeContext, policy: Policy): Joined {
  const ordered = inOrder(events);
  const connections = indexConnections(context.intervals);
  const requests = ordered.filter((event) => event.stage === "received" && isRequest(event, policy));
  const routed = ordered.filter((event) => event.stage === "routed" && isRequest(event, policy));
  const resolver = createResolver(requests, routed, connections, context.knownUsers);
  const sets = createDisjointSets();
  for (const [a, b] of sameMessage(requests, connections)) sets.join(a, b);

  const nodes = new Map<ObservedEvent, string>();
  for (const event of ordered) {
    const node = anchor(event, resolver, policy, sets.join);
    if (node !== null) nodes.set(event, node);
  }
  attachByMessageId(ordered, nodes, connections, policy);

  const members = groupBy([...nodes.keys()], (event) => sets.rootOf(nodes.get(event) ?? ""));
  const groups: JourneyGroup[] = [];
  const loose: ObservedEvent[] = ordered.filter((event) => !nodes.has(event));
  for (const group of members.values()) {
    if (opensJourney(group, policy)) groups.push(asGroup(group.sort(byTime), nodes, resolver, policy));
    else loose.push(...group);
  }
  const looseMessages = groupBy(loose.sort(byTime), (event) => event.messageId ?? `\u0000${event.id}`);
  return {
    groups: groups.sort((a, b) => (a.key < b.key ? -1 : 1)),
    loose: [...looseMessages.values()],
  };
}

/** The node of an event that says itself where it belongs; joins what it ties together. */
function anchor(
  event: ObservedEvent,
  resolver: RequestResolver,
  policy: Policy,
  join: (a: string, b: string) => void,
): string | null {
  const run = event.runId === null ? null : runNode(event.runId);
  if (event.stage === "received" && isRequest(event, policy)) {
    const request = resolver.nodeOf(event);
    if (run !== null) join(run, request);
    return run ?? request;
  }
  const named = namedRequest(event, policy);
  const request = named === null ? null : resolver.resolve(event, named);
  if (run !== null && request !== null) join(run, request);
  return run ?? request;
}

/** Outbound events that name neither run nor request belong where another stage of their message belongs. */
function attachByMessageId(
  ordered: readonly ObservedEvent[],
  nodes: Map<ObservedEvent, string>,
  connections: ConnectionIndex,
  policy: Policy,
): void {
  const anchored = groupBy(
    ordered.filter((event) => nodes.has(event) && event.messageId !== null && isOutbound(event, policy)),
    (event) => event.messageId,
  );
  for (const event of ordered) {
    if (nodes.has(event) || event.messageId === null || !isOutbound(event, policy)) continue;
    const other = pickStage(event, anchored.get(event.messageId) ?? [], nodes, connections);
    const node = other && nodes.get(other);
    if (node) nodes.set(event, node);
  }
}

/** Where a message id is used by several runs: the same claim, then the same thread, then the nearest before. */
function pickStage(
  event: ObservedEvent,
  stages: readonly ObservedEvent[],
  nodes: ReadonlyMap<ObservedEvent, string>,
  connections: ConnectionIndex,
): ObservedEvent | null {
  const presence = connections.presenceOf(event);
  const users = distinct([event.userId, presence.state === "open" ? presence.user : null]);
  const narrowings: ((stage: ObservedEvent) => boolean)[] = [
    () => true,
    (stage) => stage.userId !== null && users[0] === stage.userId,
    (stage) => stage.threadId !== null && stage.threadId === event.threadId,
    (stage) => stage.userId !== null && users.includes(stage.userId),
    (stage) => stage.type !== null && stage.type === event.type,
  ];
  for (const narrowing of narrowings) {
    const left = stages.filter(narrowing);
    if (left[0] && new Set(left.map((stage) => nodes.get(stage))).size === 1) return left[0];
  }
  const before = stages.filter((stage) => byTime(stage, event) <= 0);
  return before.at(-1) ?? stages[0] ?? null;
}

/** Requests open journeys, and agent events of a run that nobody asked for. */
function opensJourney(group: readonly ObservedEvent[], policy: Policy): boolean {
  return group.some((event) => isRequest(event, policy) || (event.runId !== null && isOutbound(event, policy)));
}

function asGroup(
  events: ObservedEvent[],
  nodes: ReadonlyMap<ObservedEvent, string>,
  resolver: RequestResolver,
  policy: Policy,
): JourneyGroup {
  const run = events.find((event) => event.runId !== null && event.type !== STOP_TYPE)?.runId ?? null;
  const request = events.find((event) => isRequest(event, policy)) ?? null;
  const first = request ?? events[0];
  const named = first ? (request ? requestId(request) : (first.inReplyTo ?? first.messageId ?? first.id)) : "";
  const keys = new Set(events.flatMap((event) => nodes.get(event) ?? []));
  const aliases = new Set<string>();
  for (const event of events) {
    if (event.runId !== null) aliases.add(event.runId);
    const messageId =
      event.stage === "received" && isRequest(event, policy) ? requestId(event) : namedRequest(event, policy);
    if (messageId === null) continue;
    aliases.add(messageId);
    keys.add(event.stage === "received" ? resolver.nodeOf(event) : resolver.virtualKey(event, messageId));
  }
  const key = run !== null ? runNode(run) : first ? (nodes.get(first) ?? "") : "";
  return {
    key,
    id: run ?? named,
    keys: [...keys.add(key)].sort(),
    aliases: [...aliases].sort(),
    events,
  };
}
