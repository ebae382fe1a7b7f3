/** A room that tells what happened since the last delta, several things at once and never more than fit. */
import type { JudgedState } from "@/contracts/http";
import type { JudgedChange } from "@/server/judge/types";
import { createAudience } from "./audience";
import { createPace } from "./pace";
import type { LiveNamespace, LiveSocket, OpenRoom } from "./types";

/** Collects changes until they are sent. */
export interface Feed<P> {
  /** Whether the change left something to tell. */
  add(change: JudgedChange): boolean;
  /** What to tell now, and forgets it; null when there is nothing and `judged` is no news by itself. */
  take(judged: JudgedState): P | null;
}

export interface FeedRoomOptions<P> {
  nsp: LiveNamespace;
  room: string;
  intervalMs: number;
  feed: Feed<P>;
  judged: () => Promise<JudgedState>;
  onError: (error: unknown) => void;
}

export function createFeedRoom<P>({ nsp, room, intervalMs, feed, judged, onError }: FeedRoomOptions<P>): OpenRoom {
  const audience = createAudience(nsp, room);
  const arriving = new Set<LiveSocket>();
  const pace = createPace(intervalMs, flush, (error) => {
    onError(error);
    if (arriving.size > 0) pace.request();
  });

  async function flush(): Promise<void> {
    if (audience.size === 0 && arriving.size === 0) return;
    const state = await judged();
    const patch = feed.take(state);
    if (patch !== null && audience.size > 0) audience.tell(patch);
    for (const socket of arriving) audience.admit(socket, { judged: state });
    arriving.clear();
  }

  return {
    admit(socket) {
      arriving.add(socket);
      pace.request();
    },
    remove(socket) {
      arriving.delete(socket);
      audience.remove(socket);
    },
    get empty() {
      return audience.size === 0 && arriving.size === 0;
    },
    get dropped() {
      return audience.dropped;
    },
    judged(change) {
      if (feed.add(change)) pace.request();
    },
    sourcesChanged: () => undefined,
    tick: () => pace.request(),
    close: () => pace.stop(),
  };
}
