/** Who takes which message type: rows of a table, types kept together. Pure. */
import { counted, namesAndMore } from "@/client/format";
import type { MessageTypeRow, Taker } from "@/contracts/http";
import { distinctRouters } from "@/domain/journeys/findings/router-names";
import { holds } from "./prepare-routers";

export interface ConsistencyRow {
  key: string;
  /** Set in the first row of a type. */
  head: { type: string; inconsistent: boolean; messages: number; takenBy: string } | null;
  type: string;
  /** null in the row that counts the takers left out. */
  taker: Taker | null;
  share: number;
  omitted: number;
}

/** Types whose name, routers or handlers hold `q`; the server's order stays: inconsistent first, then the busiest. */
export function findTypes(types: readonly MessageTypeRow[], q: string | null): MessageTypeRow[] {
  return types.filter(
    ({ type, takers }) =>
      holds(type, q) || takers.items.some(({ router, handler }) => holds(router, q) || holds(handler, q)),
  );
}

/** Rows that a type takes in the table. */
export function rowsOfType({ takers }: MessageTypeRow): number {
  return takers.items.length + (takers.omitted > 0 ? 1 : 0);
}

export function consistencyRows(types: readonly MessageTypeRow[]): ConsistencyRow[] {
  return types.flatMap((row) => {
    const { type, inconsistent, messages, takers } = row;
    const common = { type, omitted: 0, head: null };
    const rows: ConsistencyRow[] = takers.items.map((taker) => ({
      ...common,
      key: JSON.stringify([type, taker.router, taker.handler]),
      taker,
      share: messages === 0 ? 0 : taker.messages / messages,
    }));
    if (takers.omitted > 0) {
      rows.push({ ...common, key: JSON.stringify([type]), taker: null, share: 0, omitted: takers.omitted });
    }
    const [first, ...others] = rows;
    if (!first) return [];
    return [{ ...first, head: { type, inconsistent, messages, takenBy: takenBy(row) } }, ...others];
  });
}

/** "2 routers, 3 handlers" of those listed; `Class` beside `module:Class` is not a second one. */
function takenBy({ takers: { items, omitted } }: MessageTypeRow): string {
  const routers = distinctRouters(items.map(({ router }) => router)).length;
  const handlers = distinctRouters(items.flatMap(({ handler }) => handler ?? [])).length;
  const parts = [counted(routers, "router"), ...(handlers > 0 ? [counted(handlers, "handler")] : [])];
  return namesAndMore([parts.join(", ")], omitted);
}
