import type { Json } from "./event";

/**
 * Flattens an unknown field into attributes with dotted keys (`meta: { a: [1] }` is `meta.a.0`), so that the map stays flat.
 * Stops after `limit` entries beyond which the caller rejects anyway. `value` must not be nested too deep.
 */
export function flatten(key: string, value: unknown, limit: number): [string, Json][] {
  const entries: [string, Json][] = [];
  const open: [string, unknown][] = [[key, value]];
  for (let next = open.pop(); next && entries.length < limit; next = open.pop()) {
    const [path, current] = next;
    if (typeof current === "object" && current !== null) {
      const children = Object.entries(current).slice(0, limit);
      for (const [name, child] of children.reverse()) open.push([`${path}.${name}`, child]);
    } else if (isScalar(current)) entries.push([path, current]);
  }
  return entries;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
