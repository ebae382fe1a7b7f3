import { isRecord } from "@/domain/telemetry/envelope";
import { parseTime } from "@/domain/telemetry/parse-time";

/** Time (ms) of the newest event that is not a mere repetition of an open connection; null where there is none. */
export function newestEventMs(events: readonly unknown[]): number | null {
  let newest: number | null = null;
  for (const event of events) {
    if (!isRecord(event) || (isRecord(event.attributes) && event.attributes.snapshot === true)) continue;
    const timeMs = parseTime(event.time);
    if (timeMs !== null && (newest === null || timeMs > newest)) newest = timeMs;
  }
  return newest;
}
