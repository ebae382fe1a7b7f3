/** Telemetry of three routers for one chat: one of them fails while its circuit breaker is open. */

const MINUTE = 60_000;

interface Story {
  environment: string;
  /** When the story ends; it begins an hour before. */
  endMs: number;
}

/** The breaker is open between these minutes before the end. */
export const OPEN_MINUTES_AGO = { from: 20, to: 10 };
export const FAILING = "LegacyRouter";
export const HEALTHY = "app.routing:MessageRouter";
export const QUALITY = "QualityMessageRouter";

/** The events, with ids that are unique by environment. */
export function routersStory({ environment, endMs }: Story) {
  let ids = 0;
  const event = (minutesAgo: number, fields: Record<string, unknown>) => ({
    id: `${environment}-${ids++}`,
    time: new Date(endMs - minutesAgo * MINUTE).toISOString(),
    environment,
    service: "gateway",
    instance: "gw-1",
    version: minutesAgo > 30 ? "1.4.0" : "1.5.0",
    ...fields,
  });
  const from = { userId: `${environment}-ann`, connectionId: `${environment}-c` };
  const took = (minutesAgo: number, message: Record<string, unknown>, router: string, fields = {}) =>
    event(minutesAgo, { stage: "routed", ...message, router, durationMs: 4, ...fields });
  const chat = (n: number) => {
    const ago = 58 - n;
    const message = { ...from, type: "user_message", messageId: `${environment}-m${n}`, threadId: "t" };
    const router = [HEALTHY, HEALTHY, QUALITY, FAILING][n % 4] ?? HEALTHY;
    const failing = router === FAILING && ago <= OPEN_MINUTES_AGO.from && ago > OPEN_MINUTES_AGO.to;
    const code = n % 8 === 7 ? "timeout" : "circuit_open";
    const handler = router === QUALITY ? "QualityScoreHandler" : "AgentMessageHandler";
    const failed = failing ? { outcome: "error", errorCode: code, durationMs: 900 } : {};
    return [event(ago, { stage: "received", ...message }), took(ago - 0.001, message, router, { handler, ...failed })];
  };
  const other = (n: number, type: string, ago: number, router: Record<string, unknown> | null) => {
    const message = { ...from, type, messageId: `${environment}-o${n}` };
    return [
      event(ago, { stage: "received", ...message }),
      ...(router ? [took(ago - 0.001, message, HEALTHY, router)] : []),
    ];
  };
  const state = (ago: number, component: string, value: string, fields: Record<string, unknown> = {}) =>
    event(ago, { stage: "state", attributes: { component, state: value }, ...fields });
  return [
    event(59, { stage: "connection_opened", ...from }),
    event(58.9, { stage: "connection_authenticated", ...from }),
    ...Array.from({ length: 56 }, (_, n) => chat(n)).flat(),
    ...other(1, "typing", 40, { handler: "TypingHandler" }),
    ...other(2, "get_history", 30, { outcome: "error", errorCode: "handler_not_found" }),
    ...other(3, "ping", 25, null),
    state(90, "llm_circuit_breaker", "closed", { router: FAILING }),
    state(OPEN_MINUTES_AGO.from, "llm_circuit_breaker", "open", { router: FAILING }),
    state(OPEN_MINUTES_AGO.to, "llm_circuit_breaker", "half_open", { router: FAILING }),
    state(OPEN_MINUTES_AGO.to - 2, "llm_circuit_breaker", "closed", { router: FAILING }),
    state(35, "message_store", "degraded"),
    state(50, "event_bus", "healthy", { instance: "gw-2" }),
  ];
}
