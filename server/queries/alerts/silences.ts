import type { SilenceList, SilenceRow } from "@/contracts/silences";
import { listSilences, type StoredSilence } from "@/server/storage/alerts/silences";
import type { Database } from "@/server/storage/database";
import { writeCursor } from "../cursor";
import { iso } from "../iso";
import { cutPage } from "../page";

export interface SilencesQuery {
  environments: string[];
  /** Those that have not ended, or those that have; null = both. */
  state: "standing" | "ended" | null;
  after: { at: string; id: string } | null;
  limit: number;
}

/** Silences, those that end last first. */
export async function silenceList({ pool }: Database, query: SilencesQuery, nowMs: number): Promise<SilenceList> {
  const { environments, state, after, limit } = query;
  const rows = await listSilences(pool, {
    ...{ environments, after, limit: limit + 1 },
    endsAfter: state === "standing" ? new Date(nowMs) : null,
    endsUpTo: state === "ended" ? new Date(nowMs) : null,
  });
  const { items, more } = cutPage(
    rows.map((row) => silenceView(row, nowMs)),
    limit,
  );
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ at: last.endsAt, id: last.id }) : null };
}

export function silenceView(silence: StoredSilence, nowMs: number): SilenceRow {
  const { id, environment, matchers, comment, startsAtMs, endsAtMs, createdAtMs, createdBy, expiredBy } = silence;
  return {
    ...{ id, environment, comment, createdBy, expiredBy },
    matchers: [...matchers],
    startsAt: iso(startsAtMs),
    endsAt: iso(endsAtMs),
    createdAt: iso(createdAtMs),
    state: endsAtMs <= nowMs ? "ended" : startsAtMs > nowMs ? "pending" : "active",
  };
}
