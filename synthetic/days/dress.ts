/** What a service adds to what happened: its name and release, its router's name, sizes, durations, messages. */
import type { Prng } from "../prng";
import type { SyntheticEvent } from "../types";
import { SERVICES, type Service } from "./fleet";

const QUESTIONS = [
  "Why did our bill go up last month?",
  "Compare the two regions and tell me what differs.",
  "Please summarise this thread for the customer.",
  "Which of these servers can be switched off?",
] as const;
const ERRORS: Readonly<Record<string, string>> = {
  handler_not_found: "no handler is registered for this message type",
  handler_exception: "'NoneType' object has no attribute 'send'",
  timeout: "no answer within 30 s",
  llm: "the model refused: rate limit reached",
  queue_full: "the outgoing queue of the connection is full",
  auth_failed: "the token has expired",
  EPIPE: "the socket was closed by the other side",
};

export interface Outfit {
  service: Service;
  version: string;
  agent: string;
}

export function dresser({ service, version, agent }: Outfit, prng: Prng) {
  const other = SERVICES.find((candidate) => candidate.router !== service.router)?.router ?? service.router;
  const routerNames: Readonly<Record<string, string>> = {
    MessageRouter: service.router,
    "app.routing:MessageRouter": `app.routing:${service.router}`,
    QualityMessageRouter: other,
    BrokenRouter: other,
  };
  return (event: SyntheticEvent): SyntheticEvent => {
    const { router, agentName, parentAgent, errorCode } = event;
    return {
      ...event,
      service: service.name,
      version,
      ...(router === undefined ? {} : { router: routerNames[router] ?? router }),
      ...(agentName === "supervisor" ? { agentName: agent } : {}),
      ...(parentAgent === "supervisor" ? { parentAgent: agent } : {}),
      ...(errorCode === undefined ? {} : { errorMessage: ERRORS[errorCode] ?? errorCode }),
      ...measures(event, service, prng),
    };
  };
}

function measures(event: SyntheticEvent, service: Service, prng: Prng): Partial<SyntheticEvent> {
  switch (event.stage) {
    case "received": {
      if (event.type === "ping" || event.type === "typing") return { payloadBytes: prng.int(20, 60) };
      const text = prng.pick(QUESTIONS);
      return { payloadBytes: prng.int(80, 2_400), payload: { text, locale: "en", words: text.split(" ").length } };
    }
    case "routed":
      return { handler: service.handler, durationMs: skewed(prng, 1, 40) };
    case "emitted":
      return { payloadBytes: Math.round(skewed(prng, 120, 9_000)) };
    case "sent":
      return { durationMs: skewed(prng, 0.2, 12) };
    default:
      return {};
  }
}

/** Mostly near `low`, seldom near `high`; tenths. */
function skewed(prng: Prng, low: number, high: number): number {
  return Math.round((low + (high - low) * prng.next() ** 4) * 10) / 10;
}
