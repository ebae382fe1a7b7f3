/** Telemetry of an hour in the environment "rt": three routers, messages that are no requests, states of components. */
import { NOW_MS } from "./seed";

export const MINUTE = 60_000;
/** So long before now. */
export const iso = (agoMs: number) => new Date(NOW_MS - agoMs).toISOString();

let ids = 0;
const event = (agoMs: number, fields: Record<string, unknown>) => ({
  id: `e${ids++}`,
  time: iso(agoMs),
  environment: "rt",
  userId: "alice",
  connectionId: "c1",
  ...fields,
});

/** A chat message that `routers` take one after the other. */
function chat(n: number, agoMs: number, routers: [router: string, fields?: Record<string, unknown>][]) {
  const message = { type: "chat", messageId: `m${n}`, threadId: "t" };
  const source = { service: "gateway", instance: `gw-${n % 2}`, version: "1.4" };
  return [
    event(agoMs, { stage: "received", ...message, ...source }),
    ...routers.map(([router, fields], i) =>
      event(agoMs - 20 - i, { stage: "routed", ...message, ...source, router, ...fields }),
    ),
  ];
}

/** A message that is no request. */
function notice(n: number, type: string, agoMs: number, routed: Record<string, unknown> | null) {
  const message = { type, messageId: `n${n}` };
  const received = event(agoMs, { stage: "received", ...message });
  return routed
    ? [received, event(agoMs - 5, { stage: "routed", ...message, router: "MessageRouter", ...routed })]
    : [received];
}

const state = (agoMs: number, component: string, value: string, fields: Record<string, unknown> = {}) => ({
  id: `s${ids++}`,
  time: iso(agoMs),
  environment: "rt",
  stage: "state",
  service: "gateway",
  attributes: { component, state: value },
  ...fields,
});

export const routersStory = [
  event(59 * MINUTE, { stage: "connection_opened" }),
  event(59 * MINUTE - 10, { stage: "connection_authenticated" }),
  ...chat(1, 50 * MINUTE, [["app.routing:MessageRouter", { handler: "AgentMessageHandler", durationMs: 3 }]]),
  ...chat(2, 40 * MINUTE, [
    ["app.routing:MessageRouter", { handler: "AgentMessageHandler", durationMs: 5 }],
    ["QualityMessageRouter", { handler: "QualityScoreHandler" }],
  ]),
  ...chat(3, 40 * MINUTE, [["QualityMessageRouter", { outcome: "error", errorCode: "timeout" }]]),
  ...notice(1, "typing", 30 * MINUTE, { handler: "TypingHandler" }),
  ...notice(2, "typing", 29 * MINUTE, { handler: "TypingHandler" }),
  ...notice(3, "get_history", 30 * MINUTE, { outcome: "error", errorCode: "handler_not_found" }),
  ...notice(4, "ping", 30 * MINUTE, null),
  ...notice(5, "ping", 1_000, null),
  state(80 * MINUTE, "llm_circuit_breaker", "closed", { instance: "gw-1" }),
  state(45 * MINUTE, "llm_circuit_breaker", "closed", { instance: "gw-1" }),
  state(20 * MINUTE, "llm_circuit_breaker", "open", { instance: "gw-1", router: "QualityMessageRouter" }),
  state(10 * MINUTE, "llm_circuit_breaker", "half_open", { instance: "gw-1" }),
  state(15 * MINUTE, "message_store", "degraded"),
];
