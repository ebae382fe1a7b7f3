/** Waiting times as people type and read them. */

const UNITS: readonly { unit: string; ms: number }[] = [
  { unit: "h", ms: 3_600_000 },
  { unit: "min", ms: 60_000 },
  { unit: "s", ms: 1_000 },
  { unit: "ms", ms: 1 },
];
const WORDS = /^\s*(\d+(?:[.,]\d+)?)\s*(ms|msec|s|sec|m|min|h)\s*$/i;
const MS: Record<string, number> = { ms: 1, msec: 1, s: 1_000, sec: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** "30 s", "2 min", "1500 ms": exact, in the largest unit that leaves no fraction. */
export function exactDuration(ms: number): string {
  const { unit, ms: size } = UNITS.find((candidate) => ms > 0 && ms % candidate.ms === 0) ?? { unit: "ms", ms: 1 };
  return `${ms / size} ${unit}`;
}

/** ms of "30 s", "1.5 min" or "250ms"; null without a unit, or when it is no duration. */
export function parseDuration(text: string): number | null {
  const match = WORDS.exec(text);
  if (!match) return null;
  const ms = Number(match[1]?.replace(",", ".")) * (MS[match[2]?.toLowerCase() ?? ""] ?? Number.NaN);
  return Number.isFinite(ms) ? Math.round(ms) : null;
}
