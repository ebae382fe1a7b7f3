/** UTC days and the names of their partitions: arithmetic only. */

export const DAY_MS = 86_400_000;

/** Start of the UTC day that `timeMs` lies in, ms. */
export function startOfDay(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) * DAY_MS;
}

/** Starts of the days from `fromMs` to `toMs`, both included. */
export function daysBetween(fromMs: number, toMs: number): number[] {
  const days: number[] = [];
  for (let day = startOfDay(fromMs); day <= toMs; day += DAY_MS) days.push(day);
  return days;
}

/** `2026-11-21` */
export function dayName(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

export function partitionName(day: number): string {
  return `telemetry_event_${dayName(day).replaceAll("-", "")}`;
}

/** The start of the day that a partition holds, ms; null for other tables. */
export function dayOf(partition: string): number | null {
  const match = /^telemetry_event_(\d{4})(\d\d)(\d\d)$/.exec(partition);
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : null;
}
