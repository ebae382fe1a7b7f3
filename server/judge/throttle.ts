/**
 * A subject is judged at most every so often. A mark that comes too early is put back once; further ones until then
 * are answered by the one that waits. Measured on the process's own monotonic clock.
 */

import type { Subject } from "@/server/storage/judging/marks";
import { subjectName } from "./seeds";

export interface Throttle {
  /** Splits marks into those to judge now, and those to put back with their delay. Call {@link Throttle.waits} after the commit. */
  sift(subjects: readonly Subject[]): { now: Subject[]; later: Map<number, Subject[]> };
  /** These were judged at this moment; `events` is the size of what was read. */
  judged(subjects: readonly Subject[], events: number): void;
  /** These are in the queue again, due not before `delayMs` from `sinceMs`. */
  waits(subjects: readonly Subject[], sinceMs: number, delayMs: number): void;
}

interface Entry {
  readyAtMs: number;
  waitsUntilMs: number;
}

const REMEMBERED = 50_000;
/** A journey of this many events is judged half as often. */
const LARGE = 2_000;

/** `gapMs` = 0 judges at once, always. */
export function createThrottle(gapMs: number, nowMs: () => number = () => performance.now()): Throttle {
  const entries = new Map<string, Entry>();
  const remember = (name: string, change: Partial<Entry>) => {
    const known = entries.get(name) ?? { readyAtMs: 0, waitsUntilMs: 0 };
    entries.delete(name);
    entries.set(name, { ...known, ...change });
    if (entries.size > REMEMBERED) for (const oldest of entries.keys()) return entries.delete(oldest);
  };
  return {
    sift(subjects) {
      const now: Subject[] = [];
      const later = new Map<number, Subject[]>();
      const at = nowMs();
      for (const subject of subjects) {
        const entry = entries.get(subjectName(subject));
        if (!entry || at >= entry.readyAtMs) now.push(subject);
        else if (at >= entry.waitsUntilMs) {
          const delayMs = Math.ceil((entry.readyAtMs - at) / 10) * 10;
          const same = later.get(delayMs);
          if (same) same.push(subject);
          else later.set(delayMs, [subject]);
        }
      }
      return { now, later };
    },
    judged(subjects, events) {
      if (gapMs === 0) return;
      const readyAtMs = nowMs() + gapMs * (1 + events / LARGE);
      for (const subject of subjects) remember(subjectName(subject), { readyAtMs });
    },
    waits(subjects, sinceMs, delayMs) {
      for (const subject of subjects) remember(subjectName(subject), { waitsUntilMs: sinceMs + delayMs });
    },
  };
}
