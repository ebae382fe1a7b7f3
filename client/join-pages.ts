import type { TelemetryEventView } from "@/contracts/http";

export interface JoinedPages {
  events: TelemetryEventView[];
  /** Before this position events were not fetched; null where nothing is left out. */
  gapAt: number | null;
  /** Whether the last event comes from the pages at the beginning. */
  endsInHead: boolean;
}

/** The pages from the beginning on, and pages from somewhere behind them, as one list in which no event stands twice. */
export function joinPages(head: TelemetryEventView[], tail: TelemetryEventView[]): JoinedPages {
  const known = new Set(head.map((event) => event.id));
  const added = tail.filter((event) => !known.has(event.id));
  const apart = added.length > 0 && added.length === tail.length && head.length > 0;
  return {
    events: added.length > 0 ? [...head, ...added] : head,
    gapAt: apart ? head.length : null,
    endsInHead: added.length === 0,
  };
}
