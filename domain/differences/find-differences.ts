/**
 * What failed journeys have in common that healthy ones do not have, by counts. It shows what goes together, which may
 * or may not be the cause. What chance alone could have made is left out.
 */
import type { Dimension } from "./dimensions";
import { adjustedChances, chanceOfAsMany } from "./fisher";
import { liftOf } from "./lift";

/** Nothing is said about fewer journeys than this on either side. */
export const NEEDED = 20;
/** The chance that any of the differences is noise. */
export const MAX_CHANCE = 0.05;
/** Less is certain and of no use to somebody who looks for a cause. */
const MIN_LIFT = 1.2;

/** In how many journeys of each side a value was seen. */
export interface ValueCount {
  dimension: Dimension;
  value: string;
  failed: number;
  healthy: number;
}

export interface Difference extends ValueCount {
  /** Share among the failed over share among the healthy; null where no healthy one has it. */
  lift: number | null;
  /** The lift is at least this, with 95 % confidence. */
  liftAtLeast: number;
  /** How likely chance alone made this, with all values looked at taken into account. */
  chance: number;
}

export interface Sides {
  failed: number;
  healthy: number;
}

/**
 * The differences, the strongest certain lift first; null where either side is too small to say anything.
 * @param values at most one entry for each dimension and value
 * @param looked how many values there were, where `values` leaves some out
 */
export function findDifferences(
  sides: Sides,
  values: readonly ValueCount[],
  looked = values.length,
): Difference[] | null {
  if (sides.failed < NEEDED || sides.healthy < NEEDED) return null;
  const chances = adjustedChances(
    values.map(({ failed, healthy }) => chanceOfAsMany(failed, sides.failed, healthy, sides.healthy)),
    Math.max(looked, values.length),
  );
  return values
    .map((entry, index): Difference => {
      const { ratio, atLeast } = liftOf(entry.failed, sides.failed, entry.healthy, sides.healthy);
      return { ...entry, lift: ratio, liftAtLeast: atLeast, chance: chances[index] ?? 1 };
    })
    .filter(({ chance, lift }) => chance <= MAX_CHANCE && (lift === null || lift >= MIN_LIFT))
    .sort(byStrength);
}

function byStrength(a: Difference, b: Difference): number {
  return (
    b.liftAtLeast - a.liftAtLeast ||
    b.failed - a.failed ||
    (a.dimension < b.dimension ? -1 : a.dimension > b.dimension ? 1 : a.value < b.value ? -1 : 1)
  );
}
