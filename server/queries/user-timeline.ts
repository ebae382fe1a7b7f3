/** What happened to one user, page by page. */
import { journeyStatus, type TimelineEvent, type UserTimeline } from "@/contracts/http";
import { groupBy } from "@/domain/collections/group-by";
import type { Database } from "@/server/storage/database";
import { type EventRow, positionOf } from "@/server/storage/reading/event-row";
import {
  type EventJourneyRow,
  readEventJourneys,
  readKnownUsers,
} from "@/server/storage/reading/timeline/event-journeys";
import { readTimelinePage, type TimelinePageQuery } from "@/server/storage/reading/timeline/timeline-page";
import { writeCursor } from "./cursor";
import { eventView } from "./event-view";
import { cutPage } from "./page";

const EXPORTED_AT_ONCE = 1_000;

/** A page, newest last; the cursor leads to what came after. */
export async function userTimeline(db: Database, query: TimelinePageQuery): Promise<UserTimeline> {
  const { rows, goOn } = await readTimelinePage(db, { ...query, limit: query.limit + 1 });
  const { items, more } = cutPage(await timelineEvents(db, query.user, rows), query.limit);
  const last = rows[items.length - 1];
  const next = more && last ? positionOf(last) : goOn;
  return { items, nextCursor: next && writeCursor(next) };
}

/** Every event of the range and the filters, oldest first. Each page is read when the one before was taken. */
export async function* exportTimeline(
  db: Database,
  query: Omit<TimelinePageQuery, "after" | "limit">,
): AsyncGenerator<TimelineEvent> {
  let after: TimelinePageQuery["after"] = null;
  do {
    const { rows, goOn } = await readTimelinePage(db, { ...query, after, limit: EXPORTED_AT_ONCE });
    yield* await timelineEvents(db, query.user, rows);
    const last = rows.length < EXPORTED_AT_ONCE ? undefined : rows.at(-1);
    after = last ? positionOf(last) : goOn;
  } while (after);
}

/** Rows with the journey that each belongs to, and whose message it is where it is not this user's. */
async function timelineEvents(db: Database, user: string, rows: EventRow[]): Promise<TimelineEvent[]> {
  const ids = rows.flatMap((row) => aliasesOf(row).map((alias) => ({ environment: row.environment, alias })));
  const journeys = groupBy(await readEventJourneys(db, distinct(ids)), nameOf);
  const journeyOf = (row: EventRow): EventJourneyRow | undefined => {
    for (const alias of aliasesOf(row)) {
      const found = journeys.get(nameOf({ environment: row.environment, alias })) ?? [];
      const people = [row.connection_user, user, row.user_id];
      const theirs = people
        .map((person) => found.find(({ owner }) => owner !== null && owner === person))
        .find(Boolean);
      if (theirs ?? found.length === 1) return theirs ?? found[0];
    }
    return undefined;
  };
  const claims = rows.flatMap(({ environment, user_id: id }) =>
    id === null || id === user ? [] : { environment, id },
  );
  const known = new Set(
    (await readKnownUsers(db, distinct(claims))).map(({ environment, id }) => `${environment}\0${id}`),
  );
  return rows.map((row) => {
    const journey = journeyOf(row);
    const claimed = known.has(`${row.environment}\0${row.user_id}`) ? row.user_id : null;
    const owner = journey ? journey.owner : claimed;
    return {
      ...eventView(row),
      ...(journey && { journey: { id: journey.id, key: journey.key, status: journeyStatus.parse(journey.status) } }),
      ...(owner !== null && owner !== user && { foreignOwner: owner }),
    };
  });
}

/** The ids by which an event may name its journey, the surest first. */
function aliasesOf({ run_id, in_reply_to, message_id, id, stage }: EventRow): string[] {
  const inbound = stage === "received" || stage === "routed" || stage === "dropped";
  return [run_id, in_reply_to, ...(inbound ? [message_id] : []), ...(stage === "received" ? [id] : [])].filter(
    (alias) => alias !== null,
  );
}

function nameOf({ environment, alias }: { environment: string; alias: string }): string {
  return `${environment}\0${alias}`;
}

function distinct<T>(values: T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
