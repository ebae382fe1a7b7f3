import type { JourneyRow, JudgedState } from "@/contracts/http";
import type { JourneysPatch } from "@/contracts/live";
import type { JudgedChange } from "@/server/judge/types";
import type { Feed } from "./feed-room";

/** Rows of one delta; what comes beyond is counted. */
export const MAX_UPSERTS = 100;
const MAX_REMOVED = 500;

/** The newest state of each journey that changed. How far judging is, is told too when it changed. */
export function createJourneysFeed(): Feed<JourneysPatch> {
  const upserts = new Map<string, JourneyRow>();
  const removed = new Set<string>();
  let omitted = 0;
  let told = "";

  return {
    add(change) {
      for (const key of change.removed) {
        upserts.delete(key);
        if (removed.size < MAX_REMOVED) removed.add(key);
        else omitted += 1;
      }
      for (const row of change.journeys) {
        removed.delete(row.key);
        if (upserts.has(row.key) || upserts.size < MAX_UPSERTS) upserts.set(row.key, row);
        else omitted += 1;
      }
      return change.journeys.length + change.removed.length > 0;
    },
    take(judged: JudgedState) {
      const state = JSON.stringify(judged);
      if (upserts.size === 0 && removed.size === 0 && omitted === 0 && state === told) return null;
      const patch = { upserts: [...upserts.values()], removed: [...removed], omitted, judged };
      upserts.clear();
      removed.clear();
      omitted = 0;
      told = state;
      return patch;
    },
  };
}

/** How often one user's timeline grew. */
export function createUserFeed(user: string): Feed<{ events: number }> {
  let events = 0;
  return {
    add(change: JudgedChange) {
      const grew = change.users.includes(user);
      if (grew) events += 1;
      return grew;
    },
    take() {
      if (events === 0) return null;
      const patch = { events };
      events = 0;
      return patch;
    },
  };
}
