/** Traffic with what the detectors look at: contents, routing fields, and, where asked for, leaks. */
import { createHash } from "node:crypto";
import { EVENTS_PER_JOURNEY, journey, type TrafficEvent } from "../traffic";

export const USERS = 200;
/** One journey of so many leaks. */
const LEAKS_EVERY = 100;
const CARRIES = new Set(["emitted", "sent"]);

/** The router that sends one user's answer to another user as well. */
export const leakyRouter = (n: number) => `LeakyRouter${n}`;

/** Interleaved journeys from `startMs` on, 18 events each. `contents` gives every message a payload of about 1 kB. */
export function traffic(
  environment: string,
  events: number,
  startMs: number,
  { contents, leaks }: { contents: boolean; leaks: boolean },
): TrafficEvent[] {
  const journeys = Math.ceil(events / EVENTS_PER_JOURNEY);
  return Array.from({ length: journeys }, (_, n) => {
    const told = journey(environment, n, USERS, startMs + n * 2);
    const carrying = contents ? told.map(withContent) : told;
    return leaks && n % LEAKS_EVERY === 0 ? [...carrying, ...leakOf(carrying, n, 0)] : carrying;
  })
    .flat()
    .sort((a, b) => (a.time < b.time ? -1 : 1));
}

/** The journey's answer, sent to the next user by a router of number `router`. */
export function leakOf(events: readonly TrafficEvent[], n: number, router: number): TrafficEvent[] {
  const answer = events.find(({ stage, type }) => stage === "sent" && type === "agent_completed");
  if (!answer) return [];
  const connectionId = `c${(n + 1) % USERS}`;
  return [{ ...answer, id: `${answer.id}-leak`, router: leakyRouter(router), connectionId }];
}

function withContent(event: TrafficEvent): TrafficEvent {
  if (!CARRIES.has(event.stage)) return event;
  const words = createHash("sha512").update(`${event.messageId}`).digest("hex");
  const parts = Array.from({ length: 4 }, (_, at) => ({ at, text: words.repeat(2), user_id: event.userId }));
  return { ...event, payload: { recipient_id: event.userId, answer: { parts, finished: true } } };
}
