/** Where a page stands among its pages; `first` and `last` count from 1, 0 of nothing. */
export interface PagePlace {
  page: number;
  pages: number;
  first: number;
  last: number;
  total: number;
}

/** The page asked for, or the nearest there is. Groups stay whole, though a page may hold more than `size` by that. */
export function pageOfGroups<T>(
  groups: readonly T[],
  sizeOf: (group: T) => number,
  size: number,
  asked: number,
): { items: T[]; place: PagePlace } {
  const pages: T[][] = [[]];
  let filled = 0;
  for (const group of groups) {
    if (filled > 0 && filled + sizeOf(group) > size) {
      pages.push([]);
      filled = 0;
    }
    pages.at(-1)?.push(group);
    filled += sizeOf(group);
  }
  const page = Math.min(Math.max(1, asked), pages.length);
  const items = pages[page - 1] ?? [];
  const before = pages.slice(0, page - 1).reduce((sum, { length }) => sum + length, 0);
  return {
    items,
    place: {
      page,
      pages: pages.length,
      first: items.length === 0 ? 0 : before + 1,
      last: before + items.length,
      total: groups.length,
    },
  };
}

export function pageOf<T>(items: readonly T[], size: number, asked: number): { items: T[]; place: PagePlace } {
  return pageOfGroups(items, () => 1, size, asked);
}
