import type { UserList, UserTimeline } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { positionOf } from "@/server/storage/reading/event-row";
import { listUsers, type UserListQuery } from "@/server/storage/reading/list-users";
import { readUserTimeline, type TimelineQuery } from "@/server/storage/reading/user-timeline";
import { writeCursor } from "./cursor";
import { eventView } from "./event-view";
import { iso } from "./iso";
import { cutPage } from "./page";

/** Users of a range, the one seen last first. */
export async function userList(db: Database, query: UserListQuery): Promise<UserList> {
  const rows = await listUsers(db, { ...query, limit: query.limit + 1 });
  const views = rows.map((row) => ({
    id: row.id,
    environment: row.environment,
    lastSeenAt: iso(row.seen_at),
    journeys: row.journeys,
    failures: row.failures,
    openConnections: row.open_connections,
  }));
  const { items, more } = cutPage(views, query.limit);
  const last = items.at(-1);
  const position = last && { seenAt: last.lastSeenAt, environment: last.environment, id: last.id };
  return { items, nextCursor: more && position ? writeCursor(position) : null };
}

/** What happened to one user, newest last; the cursor leads to what came after. */
export async function userTimeline(db: Database, query: TimelineQuery): Promise<UserTimeline> {
  const rows = await readUserTimeline(db, { ...query, limit: query.limit + 1 });
  const { items, more } = cutPage(rows.map(eventView), query.limit);
  const last = rows[items.length - 1];
  return { items, nextCursor: more && last ? writeCursor(positionOf(last)) : null };
}
