/**
 * What is looked at while it is being marked anew may differ by right. It is looked at again when those marks are
 * answered; what still is in motion after the last round is left out, and counted.
 */
import type { Difference } from "./verify-store";

/** Something that differs, and how to look at it again. */
export interface Differing<T> {
  again: T;
  differences: Difference[];
  /** A mark of its own waits, not only one of something else in its environment. */
  markedItself: boolean;
}

export interface Verified<T> {
  /** Nothing that waits in the queue can explain these. */
  differing: Differing<T>[];
  /** A mark waits that will have these judged again. */
  marked: Differing<T>[];
}

/** A change of a connection reaches its journeys in three steps, each a mark of its own. */
const ROUNDS = 5;

/** Looks again at what is marked, after `answered`, until nothing is or nothing moves. */
export async function inRounds<T>(
  first: Verified<T>,
  answered: () => Promise<void>,
  lookAgain: (these: readonly T[]) => Promise<Verified<T>>,
): Promise<{ differences: Difference[]; skipped: number }> {
  const differences = first.differing.flatMap((item) => item.differences);
  let marked = first.marked;
  for (let round = 1; marked.length > 0; round++) {
    await answered();
    const now = await lookAgain(marked.map(({ again }) => again));
    differences.push(...now.differing.flatMap((item) => item.differences));
    if (round === ROUNDS) {
      const before = new Set(marked.flatMap((item) => item.differences).map(fingerprint));
      // The same difference again: what waits in its environment does not concern it.
      const unmoved = ({ markedItself, differences: found }: Differing<T>) =>
        !markedItself && found.every((one) => before.has(fingerprint(one)));
      const [still, moving] = split(now.marked, unmoved);
      differences.push(...still.flatMap((item) => item.differences));
      return { differences, skipped: moving.length };
    }
    marked = now.marked;
  }
  return { differences, skipped: 0 };
}

function fingerprint({ what, environment, key, expected, stored }: Difference): string {
  return JSON.stringify([what, environment, key, expected, stored]);
}

function split<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
