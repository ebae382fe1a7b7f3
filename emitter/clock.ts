/** How far the system clock may step back before it is followed instead of outwaited. */
const FOLLOW_BACK_MS = 1_000;

/**
 * A clock whose every reading is later than the one before (by at least 1 µs), so that times alone keep the order
 * in which a process saw things. `nowMs` is the system clock; a step back of more than a second is followed.
 */
export function createOrderedClock(nowMs: () => number): () => number {
  let lastMicros = 0;
  return () => {
    const micros = Math.floor(nowMs() * 1000);
    lastMicros = micros > lastMicros || micros < lastMicros - FOLLOW_BACK_MS * 1000 ? micros : lastMicros + 1;
    return lastMicros / 1000;
  };
}
