/** What the counts of one router add up to. Pure. */
import type { CodeCounts, NamedCounts, RouterRow } from "@/contracts/http";
import { percentileMs } from "@/domain/rollups/latency-bucket";
import { OK } from "@/domain/rollups/router-metrics";
import type { RouterCount } from "@/server/storage/reading/router-counts";
import { firstOf } from "../first-of";
import { MAX_CODES, MAX_NAMES } from "./bounds";

export type Name = RouterCount["name"][number];

/** Counts by name. */
export class Counts<K = string> {
  private readonly counts = new Map<K, number>();

  add(key: K, n: number): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + n);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, n) => sum + n, 0);
  }

  get map(): ReadonlyMap<K, number> {
    return this.counts;
  }

  /** Most frequent first. */
  get sorted(): [K, number][] {
    return [...this.counts]
      .filter(([, n]) => n > 0)
      .sort(([a, m], [b, n]) => n - m || (String(a) < String(b) ? -1 : 1));
  }
}

export interface Figures {
  messages: number;
  /** Failed messages by code. */
  codes: Counts;
  /** Messages by latency bucket. */
  latency: Counts<number>;
  services: Counts<string | null>;
  instances: Counts<string | null>;
  versions: Counts<string | null>;
}

export function createFigures(): Figures {
  return {
    messages: 0,
    codes: new Counts(),
    latency: new Counts(),
    services: new Counts(),
    instances: new Counts(),
    versions: new Counts(),
  };
}

/** Adds one count; kinds that say nothing about a router as a whole are passed over. */
export function addTo(figures: Figures, { kind, name, n }: RouterCount): void {
  const [first, second, third] = name;
  if (kind === "message") {
    figures.messages += n;
    if (first !== OK) figures.codes.add(String(first), n);
  } else if (kind === "latency") figures.latency.add(Number(first), n);
  else if (kind === "source") {
    figures.services.add(textOrNull(first), n);
    figures.instances.add(textOrNull(second), n);
    figures.versions.add(textOrNull(third), n);
  }
}

/** What all of them add up to. */
export function figuresOf(counts: readonly RouterCount[]): Figures {
  const figures = createFigures();
  for (const count of counts) addTo(figures, count);
  return figures;
}

export function textOrNull(name: Name | undefined): string | null {
  return name == null ? null : String(name);
}

/** The figures of every router in `counts`. */
export function figuresByRouter(counts: readonly RouterCount[]): Map<string, Figures> {
  const routers = new Map<string, Figures>();
  for (const count of counts) {
    if (count.kind === "inbound") continue;
    const figures = routers.get(count.router) ?? createFigures();
    addTo(figures, count);
    routers.set(count.router, figures);
  }
  return routers;
}

export function codeCounts(codes: Counts): CodeCounts {
  const { items, omitted } = firstOf(codes.sorted, MAX_CODES);
  return { items: items.map(([code, count]) => ({ code, count })), omitted };
}

export function namedCounts(counts: Counts<string | null>): NamedCounts {
  const { items, omitted } = firstOf(counts.sorted, MAX_NAMES);
  return { items: items.map(([name, messages]) => ({ name, messages })), omitted };
}

/** Percentiles; null where nothing was timed. */
export function latencyOf({ latency }: Figures): RouterRow["latencyMs"] {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => percentileMs(latency.map, p));
  return p50 == null || p95 == null || p99 == null ? null : { p50, p95, p99 };
}
