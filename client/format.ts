/** The one place that turns times and figures into text. Every time is shown in the reader's zone, with UTC at hand. */
import { TZDate } from "@date-fns/tz";
import { format } from "date-fns";
import type { Zone } from "./zone";

export type { Zone } from "./zone";
export const NO_DATA = "–";
const DAY_MS = 86_400_000;

function inZone(ms: number, zone: Zone): Date {
  return zone === "local" ? new Date(ms) : new TZDate(ms, zone === "utc" ? "UTC" : zone);
}

/** "14:03:12.004" */
export function clockWithMs(iso: string, zone: Zone): string {
  return format(inZone(Date.parse(iso), zone), "HH:mm:ss.SSS");
}

/** "14:03:12" */
export function clock(iso: string, zone: Zone): string {
  return format(inZone(Date.parse(iso), zone), "HH:mm:ss");
}

/** "21 Nov 14:03:12.004" */
export function dayAndClockWithMs(iso: string, zone: Zone): string {
  return format(inZone(Date.parse(iso), zone), "d MMM HH:mm:ss.SSS");
}

/** "21 Nov 14:03:12" */
export function dayAndClock(iso: string, zone: Zone): string {
  return format(inZone(Date.parse(iso), zone), "d MMM HH:mm:ss");
}

/**
 * The server's sentences name moments as "14:03:12.004" in UTC: the sentence in parts, its moments as ISO times.
 * `nearIso` is a moment within half a day of them.
 */
export function splitMoments(text: string, nearIso: string): (string | { at: string })[] {
  const nearMs = Date.parse(nearIso);
  const midnightMs = nearMs - (nearMs % DAY_MS);
  return text.split(/\b((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3})\b/).map((part, index) => {
    if (index % 2 === 0) return part;
    const ofDayMs = Date.parse(`1970-01-01T${part}Z`);
    const days = Math.round((nearMs - midnightMs - ofDayMs) / DAY_MS);
    return { at: new Date(midnightMs + ofDayMs + days * DAY_MS).toISOString() };
  });
}

/** Tick of a chart: as much of the time as buckets of this width need. */
export function axisTime(ms: number, bucketMs: number, zone: Zone): string {
  const pattern = bucketMs < 60_000 ? "HH:mm:ss" : bucketMs < 3_600_000 ? "HH:mm" : "d MMM HH:mm";
  return format(inZone(ms, zone), pattern);
}

/** "2026-11-21 14:03:12.004 UTC", for titles. */
export function fullUtc(iso: string): string {
  return format(inZone(Date.parse(iso), "utc"), "yyyy-MM-dd HH:mm:ss.SSS 'UTC'");
}

/** Value of a `datetime-local` field. */
export function fieldTime(ms: number, zone: Zone): string {
  return format(inZone(ms, zone), "yyyy-MM-dd'T'HH:mm:ss");
}

/** ms of a `datetime-local` value; null when it is none. */
export function parseFieldTime(value: string, zone: Zone): number | null {
  const wallMs = Date.parse(`${value}Z`);
  if (Number.isNaN(wallMs)) return null;
  if (zone === "utc") return wallMs;
  if (zone === "local") return Date.parse(value);
  const wall = new Date(wallMs);
  const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()];
  return new TZDate(year, month, day, wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds(), zone).getTime();
}

/** A duration in the largest unit that keeps two or three digits: "840 ms", "12.4 s", "3 min 20 s", "2 h 05 min". */
export function duration(ms: number | null): string {
  if (ms === null) return NO_DATA;
  const size = Math.abs(ms);
  if (size < 1) return "0 ms";
  if (size < 999.5) return `${Math.round(ms)} ms`;
  if (size < 9_995) return `${(ms / 1000).toFixed(2)} s`;
  if (size < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (size < 3_599_500) return `${Math.trunc(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 2_880) return `${Math.trunc(minutes / 60)} h ${pad(minutes % 60)} min`;
  return `${Math.trunc(minutes / 1440)} d ${Math.trunc((minutes % 1440) / 60)} h`;
}

/** How long ago, coarse: "12 s ago", "3 min ago". */
export function ago(iso: string, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** "12,345" */
export function figure(value: number): string {
  return value.toLocaleString("en-GB");
}

/** A ratio in percent, cut and never rounded up: 0.99996 reads "99.99 %", null is no data. */
export function percent(ratio: number | null, digits = 2): string {
  if (ratio === null) return NO_DATA;
  if (ratio >= 1) return "100 %";
  const scale = 10 ** digits;
  return `${(Math.floor(ratio * 100 * scale + 1e-9) / scale).toFixed(digits)} %`;
}

/** "1 journey", "3 journeys" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** "10 of 37", or "10" when nothing is left out. */
export function outOf(shown: number, omitted: number): string {
  return omitted > 0 ? `${figure(shown)} of ${figure(shown + omitted)}` : figure(shown);
}

/** "A, B and 12 more" */
export function namesAndMore(names: readonly string[], omitted: number): string {
  return `${names.join(", ")}${omitted > 0 ? ` and ${figure(omitted)} more` : ""}`;
}

function pad(value: number): string {
  return String(Math.abs(value)).padStart(2, "0");
}
