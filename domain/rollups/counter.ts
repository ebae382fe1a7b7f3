/** Counting: what one verdict, one connection or one message adds, by metric and minute. Pure. */

export const MINUTE_MS = 60_000;

/**
 * Counts by metric, at the minute (ms since the epoch) they belong to. What happened in another minute carries the
 * distance before its name: `+2["message","R",""]` is counted two minutes later.
 */
export interface Contribution {
  minuteMs: number;
  metrics: Record<string, number>;
}

export interface Counter {
  /** Counts at the contribution's own minute. */
  add(metric: string, n?: number): void;
  /** Counts at the minute of `atMs`; the metric's name begins with "[". */
  addAt(atMs: number, metric: string): void;
  readonly contribution: Contribution;
}

export const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;

/** @param atMs any moment of the contribution's own minute */
export function createCounter(atMs: number): Counter {
  const minuteMs = minuteOf(atMs);
  const counts = new Map<string, number>();
  const add = (metric: string, n = 1) => {
    counts.set(metric, (counts.get(metric) ?? 0) + n);
  };
  return {
    add,
    addAt: (eventMs, metric) => add(`+${(minuteOf(eventMs) - minuteMs) / MINUTE_MS}${metric}`),
    get contribution(): Contribution {
      return { minuteMs, metrics: Object.fromEntries(counts) };
    },
  };
}

/** Names of quality notes begin so: they are counted beside the sources and not by the minute. */
export const NOTE_PREFIX = "note/";

/** Each count with its metric's own name and minute. */
export function placed({ minuteMs, metrics }: Contribution): { minuteMs: number; metric: string; n: number }[] {
  return Object.entries(metrics).flatMap(([name, n]) => {
    if (name.startsWith(NOTE_PREFIX)) return [];
    if (!name.startsWith("+")) return { minuteMs, metric: name, n };
    const cut = name.indexOf("[");
    return { minuteMs: minuteMs + Number(name.slice(1, cut)) * MINUTE_MS, metric: name.slice(cut), n };
  });
}
