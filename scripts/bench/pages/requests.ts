/** What each page asks the API for, in many variants of each request, made from what the app holds. */
import { get, type Target } from "@/e2e/support/api";

/** One kind of request; each variant is another user, journey, time or cursor. */
export interface PageRequest {
  page: string;
  asks: string;
  variants: string[];
}

export interface Held {
  environment: string;
  /** The newest moment that there is data of. */
  endMs: number;
}

interface Row {
  id: string;
  owner: string | null;
  startedAt: string;
  routers: string[];
}
interface Page {
  items: Row[];
  nextCursor: string | null;
}
interface UserPage {
  items: { id: string; journeys: number }[];
  nextCursor: string | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DEEP_PAGES = 30;

export async function pageRequests(app: Target, held: Held): Promise<PageRequest[]> {
  const { environment, endMs } = held;
  const path = (at: string, query: Record<string, string | number> = {}) =>
    `${at}?${new URLSearchParams(Object.entries({ environment, ...query }).map(([name, value]) => [name, String(value)]))}`;
  const range = (fromMs: number, toMs: number) => ({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  });
  /** The same question about other stretches of time, the newest first. */
  const moving = (at: string, spanMs: number, query: Record<string, string | number> = {}) =>
    Array.from({ length: 12 }, (_, index) => {
      const toMs = endMs - Math.round((index * DAY_MS) / 4);
      return path(at, { ...query, ...range(toMs - spanMs, toMs) });
    });
  const idPath = (at: string, id: string, query: Record<string, string | number> = {}) =>
    path(at.replace(":id", encodeURIComponent(id)), query);

  const journeys = await readPages<Page>(app, path("/api/v1/journeys", { limit: 200 }), DEEP_PAGES);
  const failed = await get<Page>(app, path("/api/v1/journeys", { status: "failed", limit: 50 }));
  const users = await readPages<UserPage>(app, path("/api/v1/users", { window: "7d", limit: 200 }), DEEP_PAGES);
  const everybody = users.flatMap(({ items }) => items);
  const busiest = [...everybody].sort((a, b) => b.journeys - a.journeys)[0]?.id ?? "";
  const rows = journeys.flatMap(({ items }) => items);
  const some = spread(rows, 40);
  const routers = [...new Set(rows.flatMap((row) => row.routers))];
  const cursors = (pages: readonly { nextCursor: string | null }[]) =>
    pages.flatMap(({ nextCursor }) => nextCursor ?? []);
  const timeline = (query: Record<string, string | number>) =>
    idPath("/api/v1/users/:id/timeline", busiest, { limit: 200, ...query });

  return [
    { page: "overview", asks: "1 h", variants: moving("/api/v1/overview", HOUR_MS) },
    { page: "overview", asks: "24 h", variants: moving("/api/v1/overview", DAY_MS) },
    { page: "overview", asks: "7 d", variants: moving("/api/v1/overview", 7 * DAY_MS) },
    { page: "journeys", asks: "first page", variants: [path("/api/v1/journeys")] },
    { page: "journeys", asks: "24 h", variants: moving("/api/v1/journeys", DAY_MS) },
    {
      page: "journeys",
      asks: "deep page",
      variants: cursors(journeys.slice(-12)).map((cursor) => path("/api/v1/journeys", { cursor })),
    },
    { page: "journeys", asks: "failed", variants: moving("/api/v1/journeys", 7 * DAY_MS, { status: "failed" }) },
    {
      page: "journeys",
      asks: "one finding, 7 d",
      variants: ["event_lost", "stalled", "tool_failed", "duplicate_run"].flatMap((finding) =>
        moving("/api/v1/journeys", 7 * DAY_MS, { finding }).slice(0, 3),
      ),
    },
    {
      page: "journeys",
      asks: "finding that nobody has",
      variants: moving("/api/v1/journeys", 7 * DAY_MS, { finding: "clock_skew" }),
    },
    {
      page: "journeys",
      asks: "one router, 7 d",
      variants: routers.flatMap((router) => moving("/api/v1/journeys", 7 * DAY_MS, { router }).slice(0, 3)),
    },
    {
      page: "journeys",
      asks: "one version that none has",
      variants: moving("/api/v1/journeys", 7 * DAY_MS, { version: "0.0.0" }),
    },
    {
      page: "journeys",
      asks: "one user",
      variants: spread(everybody, 20).map(({ id }) => path("/api/v1/journeys", { user: id })),
    },
    { page: "journeys", asks: "busiest user", variants: [path("/api/v1/journeys", { user: busiest })] },
    {
      page: "journeys",
      asks: "by beginning of id",
      variants: some.flatMap(({ id }) =>
        [1, 4, 6].map((length) => path("/api/v1/journeys", { q: id.slice(0, length) })),
      ),
    },
    { page: "journey", asks: "one", variants: some.map(({ id }) => idPath("/api/v1/journeys/:id", id)) },
    { page: "journey", asks: "failed", variants: failed.items.map(({ id }) => idPath("/api/v1/journeys/:id", id)) },
    {
      page: "journey",
      asks: "its neighbours",
      variants: some.map(({ id }) => idPath("/api/v1/journeys/:id/neighbours", id)),
    },
    {
      page: "journey",
      asks: "what differs, 24 h",
      variants: moving("/api/v1/journeys/differences", DAY_MS, { finding: "event_lost" }),
    },
    {
      page: "journey",
      asks: "what differs, 7 d",
      variants: moving("/api/v1/journeys/differences", 7 * DAY_MS, { finding: "event_lost" }).slice(0, 4),
    },
    { page: "users", asks: "1 h", variants: moving("/api/v1/users", HOUR_MS) },
    { page: "users", asks: "24 h", variants: moving("/api/v1/users", DAY_MS) },
    { page: "users", asks: "7 d", variants: moving("/api/v1/users", 7 * DAY_MS) },
    {
      page: "users",
      asks: "most failed, 7 d",
      variants: moving("/api/v1/users", 7 * DAY_MS, { sort: "failed" }),
    },
    {
      page: "users",
      asks: "by beginning of id",
      variants: spread(everybody, 10).flatMap(({ id }) =>
        [2, 6, 20].map((length) => path("/api/v1/users", { q: id.slice(0, length) })),
      ),
    },
    {
      page: "timeline",
      asks: "ordinary user",
      variants: spread(everybody, 20).map(({ id }) => idPath("/api/v1/users/:id/timeline", id)),
    },
    { page: "timeline", asks: "busiest, figures", variants: [idPath("/api/v1/users/:id/timeline/summary", busiest)] },
    { page: "timeline", asks: "busiest, lanes", variants: moving(`/api/v1/users/${busiest}/lanes`, DAY_MS) },
    { page: "timeline", asks: "busiest, all lanes", variants: [idPath("/api/v1/users/:id/lanes", busiest)] },
    { page: "timeline", asks: "busiest, one router", variants: routers.map((router) => timeline({ router })) },
    { page: "timeline", asks: "busiest, first page", variants: [timeline({})] },
    {
      page: "timeline",
      asks: "busiest, in the middle",
      variants: [2, 3, 4, 5].map((days) => timeline({ from: new Date(endMs - days * DAY_MS).toISOString() })),
    },
    {
      page: "timeline",
      asks: "busiest, last hours",
      variants: [1, 3, 6].map((hours) => timeline(range(endMs - hours * HOUR_MS, endMs))),
    },
    { page: "routers", asks: "24 h", variants: moving("/api/v1/routers", DAY_MS) },
    { page: "routers", asks: "7 d", variants: moving("/api/v1/routers", 7 * DAY_MS) },
    {
      page: "routers",
      asks: "one, 24 h and 7 d",
      variants: routers.flatMap((router) =>
        [DAY_MS, 7 * DAY_MS].flatMap((spanMs) =>
          moving(`/api/v1/routers/${encodeURIComponent(router)}`, spanMs).slice(0, 2),
        ),
      ),
    },
    { page: "incidents", asks: "all", variants: [path("/api/v1/incidents")] },
    {
      page: "search",
      asks: "one id",
      variants: some.flatMap(({ id, owner }) => [
        path("/api/v1/search", { q: id }),
        path("/api/v1/search", { q: owner ?? id }),
      ]),
    },
    {
      page: "search",
      asks: "beginning of an id",
      variants: some.flatMap(({ id }) => [2, 4, 7].map((length) => path("/api/v1/search", { q: id.slice(0, length) }))),
    },
    {
      page: "search",
      asks: "no such id",
      variants: ["zzz", "x-none", "00000000"].map((q) => path("/api/v1/search", { q })),
    },
  ];
}

/** Up to `count` of a list, evenly from its beginning to its end. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, index) => list[Math.floor(index * step)]).flatMap(
    (item) => (item === undefined ? [] : [item]),
  );
}

async function readPages<T extends { nextCursor: string | null }>(
  app: Target,
  path: string,
  most: number,
): Promise<T[]> {
  const pages: T[] = [];
  for (let next: string | null = path; next !== null && pages.length < most; ) {
    const page: T = await get<T>(app, next);
    pages.push(page);
    next = page.nextCursor === null ? null : `${path}&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return pages;
}
