/** Whose journey it is: who was authenticated on the connection it came from; a claim counts only of a known user. */
import type { ConnectionIndex } from "../connections/connection-index";
import type { ObservedEvent } from "../telemetry/event";
import type { Request } from "./requests";

export interface Owner {
  user: string | null;
  /** Proved by a connection, not merely claimed by a known user. */
  proved: boolean;
  /** First claim, for show, where the owner is unknown. */
  claimed: string | null;
}

export function ownerOf(
  opening: Request | null,
  events: readonly ObservedEvent[],
  connections: ConnectionIndex,
  knownUsers: ReadonlySet<string>,
): Owner {
  for (const event of opening?.received ?? []) {
    const presence = connections.presenceOf(event);
    if (presence.state === "open" && presence.user !== null)
      return { user: presence.user, proved: true, claimed: null };
  }
  const claims = [
    ...(opening ? [...opening.received, ...opening.routed] : []),
    ...events.filter((event) => event.stage === "emitted"),
  ].flatMap((event) => event.userId ?? []);
  const known = claims.find((claim) => knownUsers.has(claim)) ?? null;
  return { user: known, proved: false, claimed: known === null ? (claims[0] ?? null) : null };
}
