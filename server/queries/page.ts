/** Cuts what was read into a page that is neither longer than asked nor larger than an answer may be. */

/** Bytes of items in one answer; leaves room for what stands around them below 1 MB. */
export const MAX_PAGE_BYTES = 700_000;

/**
 * The first items that fit, and whether there are more. Reads are made with one row more than `limit`.
 * The first item is always taken, so that paging advances.
 */
export function cutPage<T>(items: T[], limit: number, maxBytes = MAX_PAGE_BYTES): { items: T[]; more: boolean } {
  let bytes = 0;
  let taken = 0;
  for (const item of items) {
    if (taken === limit) break;
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (taken > 0 && bytes > maxBytes) break;
    taken += 1;
  }
  return { items: items.slice(0, taken), more: taken < items.length };
}
