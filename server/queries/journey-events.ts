import type { TelemetryEventView } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { type EventPosition, positionOf } from "@/server/storage/reading/event-row";
import { readJourneyEvents } from "@/server/storage/reading/journey-events";
import { writeCursor } from "./cursor";
import { eventView } from "./event-view";
import { cutPage } from "./page";
import type { StoredVerdict } from "./stored-verdict";

const PAGE = 500;
const PAGE_BYTES = 400_000;

/** A page of the journey's events, oldest first, and where the next one begins. */
export async function journeyEventsPage(
  db: Database,
  journey: { environment: string; key: string; id: string; owner: string | null },
  verdict: StoredVerdict,
  after: EventPosition | null,
): Promise<{ items: TelemetryEventView[]; nextCursor: string | null }> {
  const { environment, key, id, owner } = journey;
  const aliases = await db.prisma.journeyAlias.findMany({ where: { environment, journeyKey: key } });
  const messageIds = verdict.deliveries.flatMap((delivery) => delivery.messageId ?? []);
  const rows = await readJourneyEvents(db, {
    environment,
    aliases: [...new Set([id, ...aliases.map(({ alias }) => alias)])],
    messageIds: [...new Set(messageIds)],
    owner,
    after,
    limit: PAGE + 1,
  });
  const { items, more } = cutPage(rows.map(eventView), PAGE, PAGE_BYTES);
  const last = rows[items.length - 1];
  return { items, nextCursor: more && last ? writeCursor(positionOf(last)) : null };
}
