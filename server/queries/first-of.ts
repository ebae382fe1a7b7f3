/** The first `max` of a list, and how many are left out: nothing is cut without being counted. */
export function firstOf<T>(items: readonly T[], max: number): { items: T[]; omitted: number } {
  return { items: items.slice(0, max), omitted: Math.max(0, items.length - max) };
}
