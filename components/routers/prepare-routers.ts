/** Which routers are listed, in which order. Pure. */
import { counted, figure, outOf } from "@/client/format";
import type { RouterSort } from "@/client/routers-view";
import type { RouterList, RouterRow } from "@/contracts/http";
import { assertNever } from "@/domain/assert-never";

/** Rows whose name holds `q`, in the order asked for; ties keep the server's order. */
export function prepareRouters(items: readonly RouterRow[], { q, sort }: { q: string | null; sort: RouterSort }) {
  return items.filter(({ router }) => holds(router, q)).sort((a, b) => compare(a, b, sort));
}

/** Whether a name holds what is looked for, whatever the case. */
export function holds(name: string | null, q: string | null): boolean {
  return q === null || (name?.toLowerCase().includes(q.toLowerCase()) ?? false);
}

function compare(a: RouterRow, b: RouterRow, sort: RouterSort): number {
  switch (sort) {
    case "messages":
      return b.messages - a.messages;
    case "errors":
      return b.errors - a.errors || errorRate(b) - errorRate(a);
    case "latency":
      return (b.latencyMs?.p95 ?? -1) - (a.latencyMs?.p95 ?? -1);
    case "seen":
      return (b.lastSeenAt ?? "") < (a.lastSeenAt ?? "") ? -1 : (b.lastSeenAt ?? "") > (a.lastSeenAt ?? "") ? 1 : 0;
    case "name":
      return a.router < b.router ? -1 : 1;
    default:
      return assertNever(sort);
  }
}

function errorRate(row: RouterRow): number {
  return ratio(row.errors, row.messages) ?? 0;
}

/** Share of a part in a whole; null of nothing. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** "4 implementations under 5 names", and what the list leaves out. */
export function routersHint({ totals, items, omitted }: RouterList): string {
  const names = totals.routers > totals.implementations ? ` under ${figure(totals.routers)} names` : "";
  const cut = omitted > 0 ? `, ${outOf(items.length, omitted)} listed` : "";
  return `${counted(totals.implementations, "implementation")} in this time${names}${cut}`;
}

/** Non-requests that nobody took; of more types than are listed only "at least". Those with the most are listed first. */
export function notRoutedOf({ items, omitted }: RouterList["inbound"]): { notRouted: number; atLeast: boolean } {
  return {
    notRouted: items.reduce((sum, row) => sum + row.notRouted, 0),
    atLeast: omitted > 0 && (items.at(-1)?.notRouted ?? 0) > 0,
  };
}
