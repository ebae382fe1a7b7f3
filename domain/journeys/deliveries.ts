/** What became of each message on its way to each connection, for the reader. */
import type { Copy } from "./copies";
import type { Facts } from "./facts";
import { isCritical } from "./message-kinds";
import type { Message } from "./messages";
import type { Delivery, DeliveryState, Finding } from "./types";

const STATE_BY_CODE: Partial<Record<Finding["code"], DeliveryState>> = {
  event_lost: "lost",
  event_dropped: "dropped",
  event_unacked: "unacked",
  connection_lost: "connection_lost",
};

export function deliveriesOf(facts: Facts, findings: readonly Finding[]): Delivery[] {
  const states = new Map<string, DeliveryState>();
  for (const finding of findings) {
    const state = STATE_BY_CODE[finding.code];
    const id = finding.eventIds[0];
    if (state && id !== undefined) states.set(id, state);
  }
  return [...facts.reach.values()].flatMap((reach) => {
    const { message, sends } = reach;
    const failed = states.get(message.emission.event.id);
    const emission = message.emission.event;
    if (sends.length === 0) {
      const state: DeliveryState = failed ?? (reach.ackedAtMs !== null ? "acked" : unsentState(message, findings));
      return {
        messageId: message.messageId,
        type: message.type,
        emittedAtMs: message.emission.atMs,
        state,
        connectionId: message.acks[0]?.connectionId ?? null,
        recipient: null,
        router: message.events.findLast((event) => event.router !== null)?.router ?? null,
        sentAtMs: null,
        ackedAtMs: reach.ackedAtMs,
        eventIds: message.events.map((event) => event.id),
      };
    }
    return sends.map((copy): Delivery => {
      const ack = reach.acks.find((candidate) => candidate.interval === copy.interval);
      const eventIds = [emission.id];
      for (const event of [copy.event, ack?.event]) if (event && !eventIds.includes(event.id)) eventIds.push(event.id);
      return {
        messageId: message.messageId,
        type: message.type,
        emittedAtMs: message.emission.atMs,
        state: stateOf(copy, ack !== undefined, failed),
        connectionId: copy.event.connectionId,
        recipient: copy.recipient,
        router: copy.event.router ?? null,
        sentAtMs: copy.event.timeMs,
        ackedAtMs: ack?.event.timeMs ?? null,
        eventIds,
      };
    });
  });
}

/** Of a message that was handed to nobody and has no finding of its own: a lost connection is the cause of all it took. */
function unsentState({ type, emission }: Message, findings: readonly Finding[]): DeliveryState {
  const lost = isCritical(type) && emission.ok && findings.some(({ code }) => code === "connection_lost");
  return lost ? "connection_lost" : "emitted";
}

function stateOf(copy: Copy, acked: boolean, failed: DeliveryState | undefined): DeliveryState {
  if (copy.destination === "nobody") return "phantom";
  if (copy.destination === "foreign") return "leaked";
  if (failed === "unacked") return "unacked";
  if (acked) return "acked";
  return copy.destination === "owner" ? "delivered" : "unknown";
}
