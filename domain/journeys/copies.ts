/** Where the copies of a message went, and whether one reached the owner. */
import { isCertain } from "../connections/certainty";
import { type ConnectionIndex, intervalName, type Presence } from "../connections/connection-index";
import type { ObservedEvent } from "../telemetry/event";
import type { PlaceOf } from "./join-nameless";
import type { Message } from "./messages";

export type Destination =
  /** The owner's open connection. */
  | "owner"
  | "foreign"
  /** Handed to nobody: no connection, or one known to be closed. */
  | "nobody"
  /** A connection that was never announced, on which nobody authenticated, or that clocks leave in doubt: nothing is known. */
  | "unknown";

export interface Copy {
  event: ObservedEvent;
  destination: Destination;
  recipient: string | null;
  /** Whether the clocks involved leave no doubt who the recipient was. */
  certain: boolean;
  presence: Presence;
  /** Name of the connection interval; of the bare connection where no interval is known; null without a connection. */
  interval: string | null;
}

export interface Reach {
  message: Message;
  sends: Copy[];
  acks: Copy[];
  /** First moment at which it was handed to the owner, as far as can be known; null if never. */
  deliveredAtMs: number | null;
  /** First acknowledgement by the owner. */
  ackedAtMs: number | null;
}

/** The place a copy went to, as messages without ids are counted. */
export function placesOf(connections: ConnectionIndex): PlaceOf {
  return (event) => {
    const presence = connections.presenceOf(event);
    return presence.state === "open"
      ? { name: intervalName(presence.interval), openedAtMs: presence.interval.openedAtMs ?? Number.NEGATIVE_INFINITY }
      : { name: `${event.instance ?? ""}/${event.connectionId ?? ""}`, openedAtMs: Number.NEGATIVE_INFINITY };
  };
}

function copyOf(event: ObservedEvent, owner: string | null, connections: ConnectionIndex): Copy {
  const presence = connections.presenceOf(event);
  const bare = event.connectionId === null ? null : `${event.instance ?? ""}/${event.connectionId}`;
  const interval = presence.state === "unknown" || !presence.interval ? bare : intervalName(presence.interval);
  const recipient = presence.state === "open" ? presence.user : null;
  const certain = presence.state !== "open" || isCertain(event, presence.interval);
  const known = destinationOf(event, presence, recipient, owner);
  const destination = known === "foreign" && !certain ? "unknown" : known;
  return { event, destination, recipient, certain, presence, interval };
}

function destinationOf(
  event: ObservedEvent,
  presence: Presence,
  recipient: string | null,
  owner: string | null,
): Destination {
  if (event.connectionId === null || presence.state === "closed") return "nobody";
  if (recipient === null || owner === null) return "unknown";
  return recipient === owner ? "owner" : "foreign";
}

export function reachOf(message: Message, owner: string | null, connections: ConnectionIndex): Reach {
  const sends = message.sends.map((event) => copyOf(event, owner, connections));
  const acks = message.acks.map((event) => copyOf(event, owner, connections));
  const arrived = (copy: Copy) => copy.destination === "owner" || copy.destination === "unknown";
  const acked = acks.find(arrived)?.event.timeMs ?? null;
  const sent = sends.find(arrived)?.event.timeMs ?? null;
  return { message, sends, acks, deliveredAtMs: sent ?? acked, ackedAtMs: acked };
}
