/** Counters of one stretch of time, by what they count. Pure. */
import { percentileMs } from "@/domain/rollups/latency-bucket";

export class Tally {
  private readonly counts = new Map<string, number>();

  add(metric: string, n: number): void {
    this.counts.set(metric, (this.counts.get(metric) ?? 0) + n);
  }

  get(metric: string): number {
    return this.counts.get(metric) ?? 0;
  }

  get good(): number {
    return this.get("status/succeeded") + this.get("status/degraded");
  }

  get bad(): number {
    return this.get("status/failed");
  }

  /** Good ÷ finished; null when nothing finished, because no data is not 100 %. */
  get ratio(): number | null {
    return ratio(this.good, this.good + this.bad);
  }

  /** Percentiles in ms of the latencies counted under `prefix`; null without any. */
  percentile(prefix: string, p: number): number | null {
    return percentileMs(new Map([...this.under(prefix)].map(([bucket, n]) => [Number(bucket), n])), p);
  }

  /** Counters that begin with `prefix`, by the rest of their names. */
  under(prefix: string): Map<string, number> {
    const found = new Map<string, number>();
    for (const [metric, n] of this.counts) if (metric.startsWith(prefix)) found.set(metric.slice(prefix.length), n);
    return found;
  }

  /** Counters `<prefix><name>/<field>` by name; names may hold slashes themselves. */
  named(prefix: string): Map<string, Map<string, number>> {
    const found = new Map<string, Map<string, number>>();
    for (const [rest, n] of this.under(prefix)) {
      const cut = rest.lastIndexOf("/");
      const fields = found.get(rest.slice(0, cut)) ?? new Map<string, number>();
      fields.set(rest.slice(cut + 1), n);
      found.set(rest.slice(0, cut), fields);
    }
    return found;
  }
}

/** `part` ÷ `whole`; null for an empty whole. */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
