/** A room that tells what happened since the last delta, several things at once and never more than fit. */
import type { JudgedState } from "@/contracts/http";
import type { JudgedChange } from "@/server/judge/types";
import { createRoom, type RoomOptions } from "./create-room";
import type { OpenRoom } from "./types";

/** Collects changes until they are sent. */
export interface Feed<P> {
  /** Whether the change left something to tell. */
  add(change: JudgedChange): boolean;
  /** What to tell now, and forgets it; null when there is nothing and `judged` is no news by itself. */
  take(judged: JudgedState): P | null;
}

export interface FeedRoomOptions<P> extends RoomOptions {
  feed: Feed<P>;
  judged: () => Promise<JudgedState>;
}

export function createFeedRoom<P>({ feed, judged, ...options }: FeedRoomOptions<P>): OpenRoom {
  return createRoom(options, {
    async refresh(audience) {
      const state = await judged();
      const patch = feed.take(state);
      if (patch !== null && audience.size > 0) audience.tell(patch);
      return { judged: state };
    },
    concerns: (change) => feed.add(change),
    moves: true,
  });
}
