/** What keeps a parsed value from being handled as JSON, or null. Sockets may carry binary parts, JSON cannot. */
export type JsonProblem = "too_deep" | "not_json" | null;

/** Looks through `value` without recursion. Objects and arrays inside may nest up to `limit` (`value` itself is level 0). */
export function jsonProblem(value: unknown, limit: number): JsonProblem {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const current of level) {
      if (typeof current === "bigint" || typeof current === "symbol" || typeof current === "function")
        return "not_json";
      if (typeof current !== "object" || current === null) continue;
      if (depth > limit) return "too_deep";
      if (!isPlain(current)) return "not_json";
      for (const child of Object.values(current)) next.push(child);
    }
    level = next;
  }
  return null;
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
