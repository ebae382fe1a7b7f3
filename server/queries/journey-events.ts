import type { JourneyEventPage } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { type EventPosition, type EventRow, positionOf } from "@/server/storage/reading/event-row";
import { findJourney } from "@/server/storage/reading/find-journey";
import {
  type JourneyMembers,
  readJourneyEvent,
  readJourneyEvents,
  readJourneyEventsBefore,
} from "@/server/storage/reading/journey-events";
import { writeCursor } from "./cursor";
import { eventView } from "./event-view";
import { cutPage } from "./page";
import { type StoredVerdict, storedVerdict } from "./stored-verdict";

const PAGE = 500;
const PAGE_BYTES = 400_000;
/** So many events before one that was asked for by its id come with it. */
const BEFORE_ASKED = 100;

/** Which page: what follows a position (null = the first page), what comes before one, or what lies around an event. */
export type EventsAsked = { after: EventPosition | null } | { before: EventPosition } | { around: string };

/** What finds the events of a judged journey. */
export async function journeyMembers(
  db: Database,
  journey: { environment: string; key: string; id: string; owner: string | null },
  verdict: Pick<StoredVerdict, "deliveries">,
): Promise<JourneyMembers> {
  const { environment, key, id, owner } = journey;
  const aliases = await db.prisma.journeyAlias.findMany({ where: { environment, journeyKey: key } });
  return {
    environment,
    owner,
    aliases: [...new Set([id, ...aliases.map(({ alias }) => alias)])],
    messageIds: [...new Set(verdict.deliveries.flatMap((delivery) => delivery.messageId ?? []))],
  };
}

type Page = Pick<JourneyEventPage, "items" | "previousCursor" | "nextCursor">;

const cursorOf = (row: EventRow | undefined) => (row ? writeCursor(positionOf(row)) : null);

/** The page that follows a position, oldest first. */
export async function pageAfter(db: Database, members: JourneyMembers, after: EventPosition | null): Promise<Page> {
  const rows = await readJourneyEvents(db, members, after, PAGE + 1);
  const { items, more } = cutPage(rows.map(eventView), PAGE, PAGE_BYTES);
  return {
    items,
    previousCursor: after && cursorOf(rows[0]),
    nextCursor: more ? cursorOf(rows[items.length - 1]) : null,
  };
}

/** The page that ends before a position, oldest first. */
async function pageBefore(db: Database, members: JourneyMembers, before: EventPosition, size = PAGE): Promise<Page> {
  const rows = await readJourneyEventsBefore(db, members, before, size + 1);
  const { items, more } = cutPage(rows.map(eventView), size, (PAGE_BYTES * size) / PAGE);
  return {
    items: items.reverse(),
    previousCursor: more ? cursorOf(rows[items.length - 1]) : null,
    nextCursor: cursorOf(rows[0]),
  };
}

/** An event, some before it, and what follows. */
async function pageAround(db: Database, members: JourneyMembers, event: EventRow): Promise<Page> {
  const position = positionOf(event);
  const before = await pageBefore(db, members, position, BEFORE_ASKED);
  const rows = [event, ...(await readJourneyEvents(db, members, position, PAGE - BEFORE_ASKED))];
  const { items, more } = cutPage(rows.map(eventView), PAGE - BEFORE_ASKED, PAGE_BYTES);
  return {
    items: [...before.items, ...items],
    previousCursor: before.previousCursor,
    nextCursor: more ? cursorOf(rows[items.length - 1]) : null,
  };
}

export interface JourneyEventsQuery {
  environments: string[];
  id: string;
  key: string | null;
  asked: EventsAsked;
}

/** A page of a journey's events; null when there is no such journey, or it has no event of the id asked for. */
export async function journeyEvents(db: Database, query: JourneyEventsQuery): Promise<JourneyEventPage | null> {
  const found = await findJourney(db, query.environments, query.id, query.key);
  const row = found && (await db.prisma.journey.findUnique({ where: { environment_key: found } }));
  if (!row) return null;
  const { asked } = query;
  const members = await journeyMembers(db, row, storedVerdict.parse(row.verdict));
  const about = { environment: row.environment, journeyKey: row.key, total: row.eventCount };
  if ("before" in asked) return { ...about, ...(await pageBefore(db, members, asked.before)) };
  if ("after" in asked) return { ...about, ...(await pageAfter(db, members, asked.after)) };
  const event = await readJourneyEvent(db, members, asked.around);
  return event && { ...about, ...(await pageAround(db, members, event)) };
}
