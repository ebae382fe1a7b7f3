import type { UserList, UserRow } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import {
  listUsers,
  MAX_FOUND,
  readUser,
  type UserListQuery,
  type UserListRow,
} from "@/server/storage/reading/list-users";
import { writeCursor } from "./cursor";
import { isoOrNull } from "./iso";
import { cutPage } from "./page";

/** Users of a range in the order asked for. */
export async function userList(db: Database, query: UserListQuery): Promise<UserList> {
  const rows = await listUsers(db, { ...query, limit: query.limit + 1 });
  const { items, more } = cutPage(rows.map(userRow), query.limit);
  const last = rows[items.length - 1];
  const position = last && { value: last.sorted_by, environment: last.environment, id: last.id };
  return {
    items,
    nextCursor: more && position ? writeCursor(position) : null,
    moreFound: query.q !== null && query.after === null && rows.length >= MAX_FOUND,
  };
}

/** One user in every environment that knows them. */
export async function userDetail(db: Database, environments: string[], id: string): Promise<UserRow[]> {
  return (await readUser(db, environments, id)).map(userRow);
}

function userRow(row: UserListRow): UserRow {
  const { running, succeeded, degraded, failed, abandoned, cancelled, unobserved } = row;
  return {
    id: row.id,
    environment: row.environment,
    lastSeenAt: isoOrNull(row.seen_at),
    openConnections: row.open_connections,
    journeys: row.journeys,
    statuses: { running, succeeded, degraded, failed, abandoned, cancelled, unobserved },
    failures: failed,
    leaksAsOwner: row.leaks_as_owner,
    leaksAsRecipient: row.leaks_as_recipient,
  };
}
