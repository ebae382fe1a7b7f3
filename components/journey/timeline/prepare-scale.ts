import { duration } from "@/client/format";
import type { Gap, Tick } from "./prepared-timeline";

const START_PX = 28;
const NEAR_PX = 24;
const FAR_PX = 110;
/** A silence of this length is named. */
const GAP_FROM_MS = 1_000;
const TICK_APART_PX = 74;

/**
 * Places moments from left to right: order is exact, distances grow with the logarithm of the time between, so that
 * 3 ms and 30 s can both be read. Silences are named, because they are drawn shorter than they were.
 */
export function prepareScale(timesMs: number[]): {
  xOf: (atMs: number) => number;
  ticks: Tick[];
  gaps: Gap[];
  width: number;
} {
  const times = [...new Set(timesMs)].sort((a, b) => a - b);
  const start = times[0] ?? 0;
  const places = new Map<number, number>();
  const ticks: Tick[] = [];
  const gaps: Gap[] = [];
  let x = START_PX;
  let before: number | null = null;
  for (const at of times) {
    if (before !== null) {
      const next = x + distance(at - before);
      if (at - before >= GAP_FROM_MS) gaps.push({ fromX: x, toX: next, label: duration(at - before) });
      x = next;
    }
    places.set(at, x);
    before = at;
    const last = ticks.at(-1);
    if (!last || x - last.x >= TICK_APART_PX) ticks.push({ x, label: at === start ? "0" : `+${duration(at - start)}` });
  }
  return { xOf: (at) => places.get(at) ?? START_PX, ticks, gaps, width: x + START_PX };
}

function distance(gapMs: number): number {
  return Math.min(FAR_PX, NEAR_PX + 24 * Math.log10(1 + gapMs / 20));
}
