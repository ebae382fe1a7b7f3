/** The ways in which telemetry reaches a server: in any order, in batches of any size, and more than once. */
import { createPrng } from "./prng";

export function shuffle<T>(list: readonly T[], seed: number): T[] {
  const prng = createPrng(seed);
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = prng.int(0, last);
    const [a, b] = [shuffled[last], shuffled[other]] as [T, T];
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}

/** Cuts a list into batches of 1 to `largest` items. */
export function chunk<T>(list: readonly T[], largest: number, seed: number): T[][] {
  const prng = createPrng(seed);
  const batches: T[][] = [];
  for (let from = 0; from < list.length; ) {
    const to = from + prng.int(1, largest);
    batches.push(list.slice(from, to));
    from = to;
  }
  return batches;
}

/** Every item once, and a `share` of them a second time somewhere later in the list. */
export function repeat<T>(list: readonly T[], share: number, seed: number): T[] {
  const prng = createPrng(seed);
  const repeated: T[] = [];
  const waiting: T[] = [];
  for (const item of list) {
    repeated.push(item);
    if (prng.chance(share)) waiting.push(item);
    if (prng.chance(0.3)) repeated.push(...waiting.splice(0));
  }
  return [...repeated, ...waiting];
}
