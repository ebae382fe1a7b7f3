/** The first `max` of a list, and how many are left out: nothing is cut without being counted. */
export function firstOf<T>(items: readonly T[], max: number): { items: T[]; omitted: number } {
  return { items: items.slice(0, max), omitted: Math.max(0, items.length - max) };
}

/** The same, and no more than `maxBytes` of JSON: names may be long. */
export function firstWithin<T>(items: readonly T[], max: number, maxBytes: number): { items: T[]; omitted: number } {
  let bytes = 0;
  const over = items.findIndex((item, i) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return i >= max || bytes > maxBytes;
  });
  return firstOf(items, over < 0 ? items.length : over);
}
