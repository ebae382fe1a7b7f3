/** Whose canary tokens a batch holds. Asks the database only where something looks like a token. */
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { digest } from "@/server/access/secret";
import { ownersOfCanaries } from "@/server/storage/canaries";
import type { Database } from "@/server/storage/database";

/**
 * The events with the users for whom the tokens in their payloads were planted; only tokens that exist by now count.
 *
 * @param tokens what looks like a token in the payload of the event at each position
 */
export async function findCanaries(
  db: Database,
  events: readonly TelemetryEvent[],
  tokens: ReadonlyMap<number, readonly string[]>,
): Promise<TelemetryEvent[]> {
  if (tokens.size === 0) return [...events];
  const candidates = events.map(({ environment }, i) =>
    (tokens.get(i) ?? []).map((token) => ({ environment, tokenHash: digest(token) })),
  );
  const owners = new Map((await ownersOfCanaries(db, candidates.flat())).map((owner) => [nameOf(owner), owner.userId]));
  return events.map((event, i) => {
    const users = new Set((candidates[i] ?? []).flatMap((candidate) => owners.get(nameOf(candidate)) ?? []));
    return users.size === 0 ? event : { ...event, canaryUsers: [...users] };
  });
}

function nameOf({ environment, tokenHash }: { environment: string; tokenHash: string }): string {
  return `${tokenHash} ${environment}`;
}
