/** How traffic spreads over days: little at night, most in the early afternoon, less at weekends. All times are UTC. */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NIGHT = 0.12;
const PEAK_HOUR = 14.5;
const PEAK_WIDTH_HOURS = 3.8;
const WEEKEND = 0.5;

/** Traffic at a moment, where a weekday's peak is 1. */
export function intensityAt(timeMs: number): number {
  const hour = (timeMs % DAY_MS) / 3_600_000;
  const distance = Math.abs(hour - PEAK_HOUR);
  const fromPeak = Math.min(distance, 24 - distance) / PEAK_WIDTH_HOURS;
  const weekday = new Date(timeMs).getUTCDay();
  const share = NIGHT + (1 - NIGHT) * Math.exp(-(fromPeak * fromPeak) / 2);
  return share * (weekday === 0 || weekday === 6 ? WEEKEND : 1);
}

/** For each minute of [startMs, endMs), which share of all traffic lies before its end; the last is 1. */
export function cumulativeVolume(startMs: number, endMs: number): number[] {
  const minutes = Math.round((endMs - startMs) / MINUTE_MS);
  let sum = 0;
  const sums = Array.from({ length: minutes }, (_, minute) => {
    sum += intensityAt(startMs + minute * MINUTE_MS);
    return sum;
  });
  return sums.map((partial) => partial / sum);
}
