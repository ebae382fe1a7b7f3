/** Who took the messages of each type. Several routers or handlers for one type are inconsistent. Pure. */
import type { MessageTypeRow, RouterList } from "@/contracts/http";
import { distinctRouters } from "@/domain/journeys/findings/router-names";
import { OK } from "@/domain/rollups/router-metrics";
import type { RouterCount } from "@/server/storage/reading/router-counts";
import { firstOf, firstWithin } from "../first-of";
import { MAX_TAKERS, MAX_TAKERS_OF_TYPE, MAX_TYPES, MAX_TYPES_BYTES } from "./bounds";
import { Counts, codeCounts, textOrNull } from "./figures";

interface Taker {
  router: string;
  handler: string | null;
  messages: number;
  codes: Counts;
}

/** By type, then by router and handler; takers without messages are none. */
export function takersByType(counts: readonly RouterCount[]): Map<string, Taker[]> {
  const types = new Map<string, Map<string, Taker>>();
  for (const { kind, router, name, n } of counts) {
    if (kind !== "handler") continue;
    const [type, handler, outcome] = [String(name[0]), textOrNull(name[1]), String(name[2])];
    const takers = types.get(type) ?? new Map<string, Taker>();
    types.set(type, takers);
    const key = JSON.stringify([router, handler]);
    const taker = takers.get(key) ?? { router, handler, messages: 0, codes: new Counts() };
    takers.set(key, taker);
    taker.messages += n;
    if (outcome !== OK) taker.codes.add(outcome, n);
  }
  return new Map(
    [...types].map(([type, takers]) => [type, [...takers.values()].filter(({ messages }) => messages > 0)]),
  );
}

/** A router that names no handler beside one that does is not a second one; nor is `Class` beside `module:Class`. */
export function isInconsistent(takers: readonly Pick<Taker, "router" | "handler">[]): boolean {
  const handlers = takers.flatMap(({ handler }) => handler ?? []);
  return distinctRouters(takers.map(({ router }) => router)).length > 1 || distinctRouters(handlers).length > 1;
}

/** A type as it is answered: its busiest takers first. */
export function typeRow(type: string, takers: readonly Taker[]): MessageTypeRow {
  const sorted = [...takers].sort((a, b) => b.messages - a.messages || (nameOf(a) < nameOf(b) ? -1 : 1));
  const { items, omitted } = firstOf(sorted, MAX_TAKERS_OF_TYPE);
  return {
    type,
    inconsistent: isInconsistent(takers),
    messages: takers.reduce((sum, { messages }) => sum + messages, 0),
    takers: {
      items: items.map(({ router, handler, messages, codes }) => ({
        router,
        handler,
        messages,
        errors: codes.total,
        errorCodes: codeCounts(codes),
      })),
      omitted,
    },
  };
}

/** Inconsistent types first, then the busiest. */
export function typeList(counts: readonly RouterCount[]): RouterList["types"] {
  const rows = [...takersByType(counts)].flatMap(([type, takers]) => (takers.length > 0 ? typeRow(type, takers) : []));
  rows.sort(
    (a, b) => Number(b.inconsistent) - Number(a.inconsistent) || b.messages - a.messages || (a.type < b.type ? -1 : 1),
  );
  return { ...firstTypes(rows), inconsistent: rows.filter(({ inconsistent }) => inconsistent).length };
}

/** As many types as an answer holds with all their takers. */
export function firstTypes<T extends Pick<MessageTypeRow, "takers">>(
  rows: readonly T[],
): { items: T[]; omitted: number } {
  let takers = 0;
  const over = rows.findIndex((row) => {
    takers += row.takers.items.length;
    return takers > MAX_TAKERS;
  });
  const { items } = firstWithin(over < 0 ? rows : rows.slice(0, over), MAX_TYPES, MAX_TYPES_BYTES);
  return { items, omitted: rows.length - items.length };
}

function nameOf({ router, handler }: Taker): string {
  return JSON.stringify([router, handler]);
}
