import type { JourneyChanges } from "@/client/live/journey-changes";
import type { JourneyDetail, JourneyNeighbours, JourneyRow } from "@/contracts/http";

/** Entries on either side of the journey in view. */
export const MAX_SIDE = 12;

export interface PreparedNeighbours {
  before: JourneyRow[];
  after: JourneyRow[];
  more: { before: boolean; after: boolean };
}

/** The owner's journeys around this one in their newest state, with those that began since they were fetched. */
export function prepareNeighbours(
  journey: Pick<JourneyDetail, "key" | "owner" | "startedAt">,
  { before, after, more }: Pick<JourneyNeighbours, "before" | "after" | "more">,
  changes: Pick<JourneyChanges, "upserts" | "removed">,
): PreparedNeighbours {
  const latest = new Map(changes.upserts.map((row) => [row.key, row]));
  const gone = new Set(changes.removed);
  const known = new Set([journey.key, ...before.map(({ key }) => key), ...after.map(({ key }) => key)]);
  const now = (rows: JourneyRow[]) => rows.filter(({ key }) => !gone.has(key)).map((row) => latest.get(row.key) ?? row);
  const begun = changes.upserts.filter(
    (row) => !more.after && row.owner === journey.owner && !known.has(row.key) && row.startedAt >= journey.startedAt,
  );
  const following = [...now(after), ...begun].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return {
    before: now(before),
    after: following.slice(0, MAX_SIDE),
    more: { before: more.before, after: more.after || following.length > MAX_SIDE },
  };
}
