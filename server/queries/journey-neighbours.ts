import type { JourneyNeighbours } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { findJourney } from "@/server/storage/reading/find-journey";
import { readLastHealthy, readNeighbours } from "@/server/storage/reading/journey-neighbours";
import { journeyRowView } from "./journey-row-view";

const LISTED = 12;
const HEALTHY_AMONG = 1_000;

export interface NeighboursQuery {
  environments: string[];
  id: string;
  key: string | null;
}

/** What the owner did before and after a journey; null when there is no such journey. */
export async function journeyNeighbours(db: Database, query: NeighboursQuery): Promise<JourneyNeighbours | null> {
  const found = await findJourney(db, query.environments, query.id, query.key);
  const journey =
    found &&
    (await db.prisma.journey.findUnique({
      where: { environment_key: found },
      select: { environment: true, key: true, owner: true, startedAt: true },
    }));
  if (!journey) return null;
  const { environment, owner, startedAt } = journey;
  const side = (which: "before" | "after") =>
    owner === null ? [] : readNeighbours(db, which, { ...journey, owner, limit: LISTED + 1 });
  const healthy = (of: string | null) =>
    readLastHealthy(db, { environment, owner: of, before: startedAt, among: HEALTHY_AMONG });
  const [before, after, ofOwner, ofAnybody] = await Promise.all([
    side("before"),
    side("after"),
    owner === null ? null : healthy(owner),
    healthy(null),
  ]);
  return {
    owner,
    before: before.slice(0, LISTED).map(journeyRowView).reverse(),
    after: after.slice(0, LISTED).map(journeyRowView),
    more: { before: before.length > LISTED, after: after.length > LISTED },
    lastHealthy: {
      ofOwner: ofOwner && journeyRowView(ofOwner),
      ofAnybody: ofAnybody && journeyRowView(ofAnybody),
    },
  };
}
