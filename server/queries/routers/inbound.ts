/** What became of inbound messages that are no requests. Pure. */
import type { InboundRow, RouterDetail, RouterList } from "@/contracts/http";
import type { InboundFate } from "@/domain/rollups/router-metrics";
import type { RouterCount } from "@/server/storage/reading/router-counts";
import { firstOf, firstWithin } from "../first-of";
import { MAX_INBOUND, MAX_INBOUND_BYTES, MAX_ROUTERS_OF_TYPE } from "./bounds";
import { Counts, codeCounts, textOrNull } from "./figures";

interface Fates {
  fates: Counts<InboundFate>;
  codes: Counts;
  routers: Counts;
}

/** By type; of one router only, where one is given. */
function fatesByType(counts: readonly RouterCount[], only: string | null): Map<string, Fates> {
  const types = new Map<string, Fates>();
  for (const { kind, name, n } of counts) {
    if (kind !== "inbound") continue;
    const [type, router, fate, code] = [String(name[0]), textOrNull(name[1]), String(name[2]), String(name[3])];
    if (only !== null && router !== only) continue;
    const known = types.get(type) ?? { fates: new Counts(), codes: new Counts(), routers: new Counts() };
    types.set(type, known);
    known.fates.add(fate as InboundFate, n);
    if (fate === "failed") known.codes.add(code, n);
    if (router !== null && (fate === "routed" || fate === "failed")) known.routers.add(router, n);
  }
  return types;
}

/** Messages of which nothing more was seen. Without ids more may have been routed than received at the range's edge. */
function silentIn(type: Fates | undefined): number {
  if (!type) return 0;
  const of = (fate: InboundFate) => type.fates.map.get(fate) ?? 0;
  return Math.max(0, of("received") - of("routed") - of("failed") - of("unseen"));
}

/**
 * @param counts of the whole range
 * @param fresh of its last minutes, in which a router may still take what came in
 * @param unheard of the minutes in which telemetry was interrupted
 */
export function inboundList(
  counts: readonly RouterCount[],
  fresh: readonly RouterCount[],
  unheard: readonly RouterCount[],
): RouterList["inbound"] {
  const [freshTypes, unheardTypes] = [fatesByType(fresh, null), fatesByType(unheard, null)];
  const rows = [...fatesByType(counts, null)].map(([type, known]): InboundRow => {
    const of = (fate: InboundFate) => known.fates.map.get(fate) ?? 0;
    const silent = silentIn(known);
    const waiting = Math.min(silent, silentIn(freshTypes.get(type)));
    const interrupted = Math.min(silent - waiting, silentIn(unheardTypes.get(type)));
    return {
      type,
      received: of("received"),
      routed: Math.min(of("routed"), of("received")),
      notRouted: silent - waiting - interrupted + of("failed"),
      waiting,
      unobserved: of("unseen") + interrupted,
      errorCodes: codeCounts(known.codes),
      routers: firstOf(
        known.routers.sorted.map(([router]) => router),
        MAX_ROUTERS_OF_TYPE,
      ),
    };
  });
  rows.sort((a, b) => b.notRouted - a.notRouted || b.received - a.received || (a.type < b.type ? -1 : 1));
  // What is routed without an id may be on its way out: only what was received is inbound.
  return firstWithin(
    rows.filter(({ received }) => received > 0),
    MAX_INBOUND,
    MAX_INBOUND_BYTES,
  );
}

/** The part of it that one router took or refused. */
export function inboundOfRouter(counts: readonly RouterCount[], router: string): RouterDetail["inbound"] {
  const received = new Set(
    [...fatesByType(counts, null)].filter(([, { fates }]) => fates.map.has("received")).map(([type]) => type),
  );
  const rows = [...fatesByType(counts, router)].flatMap(([type, { fates, codes }]) => {
    const [routed, errors] = [fates.map.get("routed") ?? 0, codes.total];
    return received.has(type) && routed + errors > 0 ? [{ type, routed, errors, errorCodes: codeCounts(codes) }] : [];
  });
  rows.sort((a, b) => b.routed + b.errors - (a.routed + a.errors) || (a.type < b.type ? -1 : 1));
  return firstWithin(rows, MAX_INBOUND, MAX_INBOUND_BYTES);
}
