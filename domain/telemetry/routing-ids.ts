/** Ids in a payload that say whom a message is meant for. Field names are exact: `user_id` says where it came from. */
const ROUTING_FIELDS: ReadonlySet<string> = new Set(["recipient_id", "target_user_id", "userId"]);
/** An id has no spaces; a sentence in a routing field is content, and content is never stored. */
const ID = /^[^\s\p{C}\uFFFD]{1,256}$/u;
const MAX_IDS = 32;

/** The distinct values of routing fields at any depth, at most 32, in the order met. `payload` must not be nested too deep. */
export function routingIdsOf(payload: unknown): string[] {
  const ids = new Set<string>();
  const open: unknown[] = [payload];
  for (let index = 0; index < open.length; index++) {
    const next = open[index];
    if (typeof next !== "object" || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      if (ROUTING_FIELDS.has(key) && typeof value === "string" && ID.test(value)) ids.add(value);
      else if (typeof value === "object" && value !== null) open.push(value);
      if (ids.size === MAX_IDS) return [...ids];
    }
  }
  return [...ids];
}
