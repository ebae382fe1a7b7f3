/** Groups in the order in which their keys first appear; items keep their order. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export function distinct<T>(items: Iterable<T | null | undefined>): T[] {
  const seen = new Set<T>();
  for (const item of items) if (item !== null && item !== undefined) seen.add(item);
  return [...seen];
}
