/** Inbound requests of one journey and the turns they begin. A request that was sent again is still one request. */
import type { ObservedEvent } from "../telemetry/event";
import { isDropOfRequest, isRequest } from "./message-kinds";
import { requestId } from "./resolve-request";
import type { Policy } from "./types";

export interface Request {
  messageId: string;
  received: ObservedEvent[];
  routed: ObservedEvent[];
  /** Given up on the way to an agent. */
  dropped: ObservedEvent[];
  atMs: number;
}

/** From one request until the next. The first reaches back without end, so that skewed clocks lose nothing. */
export interface Turn {
  request: Request | null;
  fromMs: number;
  toMs: number;
}

export function requestsOf(events: readonly ObservedEvent[], policy: Policy): Request[] {
  const byId = new Map<string, Request>();
  const at = (event: ObservedEvent, messageId: string): Request => {
    const known = byId.get(messageId);
    if (known) return known;
    const fresh: Request = { messageId, received: [], routed: [], dropped: [], atMs: event.timeMs };
    byId.set(messageId, fresh);
    return fresh;
  };
  const nameless: ObservedEvent[] = [];
  for (const event of events) {
    if (!isRequest(event, policy)) continue;
    if (event.stage === "received") at(event, requestId(event)).received.push(event);
    else if (event.messageId !== null) at(event, event.messageId).routed.push(event);
    else nameless.push(event);
  }
  const requests = [...byId.values()];
  for (const request of requests) request.atMs = request.received[0]?.timeMs ?? request.atMs;
  requests.sort((a, b) => a.atMs - b.atMs || (a.messageId < b.messageId ? -1 : 1));
  for (const event of nameless) {
    const current = requests.filter((request) => request.atMs <= event.timeMs).at(-1) ?? requests[0];
    if (current) current.routed.push(event);
    else requests.push({ messageId: event.id, received: [], routed: [event], dropped: [], atMs: event.timeMs });
  }
  for (const event of events) {
    if (isDropOfRequest(event, policy)) requestDropped(requests, event)?.dropped.push(event);
  }
  return requests;
}

/** The request that a drop is about: the one it names, else the last before it; null if it names one that was not seen. */
function requestDropped(requests: readonly Request[], { messageId, timeMs }: ObservedEvent): Request | null {
  if (messageId !== null) return requests.find((request) => request.messageId === messageId) ?? null;
  return requests.findLast((request) => request.atMs <= timeMs) ?? requests[0] ?? null;
}

/** When a journey began: with its first request, else with its first event. `events` are its own, in order. */
export function startOf(events: readonly ObservedEvent[], policy: Policy): number {
  return requestsOf(events, policy)[0]?.atMs ?? events[0]?.timeMs ?? 0;
}

export function turnsOf(requests: readonly Request[]): Turn[] {
  if (requests.length === 0) {
    return [{ request: null, fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }];
  }
  return requests.map((request, index) => ({
    request,
    fromMs: index === 0 ? Number.NEGATIVE_INFINITY : request.atMs,
    toMs: requests[index + 1]?.atMs ?? Number.POSITIVE_INFINITY,
  }));
}
