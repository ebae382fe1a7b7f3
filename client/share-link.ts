/** Addresses that show a colleague what is seen here: the environment named, moving windows as absolute times. */
import { isoBounds, type Range } from "./range";

interface Shown {
  environment: string | null;
  /** The stretch of time that the page shows; null where it has none. */
  range: Range | null;
  nowMs: number;
}

/** The address for somebody else. What only this reader chose, such as the time zone, is left out. */
export function shareLink(address: string, { environment, range, nowMs }: Shown): string {
  const url = new URL(address);
  url.searchParams.delete("tz");
  if (environment !== null) url.searchParams.set("environment", environment);
  if (range !== null) {
    const { from, to } = isoBounds(range, nowMs);
    url.searchParams.delete("last");
    url.searchParams.set("from", from);
    url.searchParams.set("to", to);
  }
  return url.toString();
}
