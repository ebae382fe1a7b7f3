/** Stretches of time as configs and forms write them: "30m", "12h", "7d", "2w". */

const MINUTES: Record<string, number> = { m: 1, min: 1, h: 60, d: 1_440, w: 10_080 };

/** Whole minutes; null for what is no such period. "0" needs no unit. */
export function parsePeriod(text: string): number | null {
  if (text.trim() === "0") return 0;
  const [, digits, unit = ""] = /^\s*(\d{1,6})\s*(m|min|h|d|w)\s*$/i.exec(text) ?? [];
  return digits === undefined ? null : Number(digits) * (MINUTES[unit.toLowerCase()] ?? 0);
}

/** As {@link parsePeriod} reads it, in the largest unit up to days that leaves no rest. */
export function periodText(minutes: number): string {
  if (minutes === 0) return "0";
  if (minutes % 1_440 === 0) return `${minutes / 1_440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
