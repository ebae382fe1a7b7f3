import type { JourneyList } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import {
  countJourneys,
  FEW,
  type JourneyFilter,
  type JourneyPosition,
  readJourneyPage,
} from "@/server/storage/reading/list-journeys";
import { writeCursor } from "./cursor";
import { journeyRowView } from "./journey-row-view";
import { cutPage } from "./page";

/** Totals are exact up to here. */
export const EXACT_TOTAL = 10_000;

/** A page of journeys, newest first, with the total of the whole search. */
export async function listJourneys(
  db: Database,
  filter: JourneyFilter,
  page: { after: JourneyPosition | null; limit: number },
): Promise<JourneyList> {
  const counted = await countJourneys(db, filter, EXACT_TOTAL + 1);
  const rows = await readJourneyPage(db, filter, page.after, page.limit + 1, counted <= FEW);
  const { items, more } = cutPage(rows.map(journeyRowView), page.limit);
  const last = items.at(-1);
  const nextCursor =
    more && last
      ? writeCursor({
          startedAt: last.startedAt,
          environment: last.environment,
          key: last.key,
        } satisfies JourneyPosition)
      : null;
  const total = counted > EXACT_TOTAL ? null : counted;
  return { items, nextCursor, total, totalAtLeast: Math.min(counted, EXACT_TOTAL) };
}
