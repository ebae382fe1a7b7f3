/** One room: its audience, those who wait to be let in, and the pace at which what it shows is brought up to date. */
import type { JudgedChange } from "@/server/judge/types";
import { type Audience, createAudience } from "./audience";
import { createPace } from "./pace";
import type { LiveNamespace, LiveSocket, OpenRoom } from "./types";

export interface RoomOptions {
  nsp: LiveNamespace;
  room: string;
  /** Never refreshed more often. */
  intervalMs: number;
  onError: (error: unknown) => void;
}

/** What a room shows. */
export interface RoomShow {
  /**
   * Tells the audience, if there is any, what is new; answers what those who wait are shown. Snapshots and deltas come
   * from one sequence of refreshes, so that none overtakes another.
   */
  refresh(audience: Audience): Promise<unknown>;
  /** What is shown now is current but for deltas to come, so that who comes later need not wait. */
  current?: () => unknown;
  /** Whether what was judged asks for a refresh. */
  concerns(change: JudgedChange): boolean;
  concernedBySources?: boolean;
  /** Whether time alone changes what is shown. */
  moves?: boolean;
}

/** Nothing is refreshed while nobody is there. */
export function createRoom({ nsp, room, intervalMs, onError }: RoomOptions, show: RoomShow): OpenRoom {
  const audience = createAudience(nsp, room);
  const arriving = new Set<LiveSocket>();
  const isEmpty = () => audience.size === 0 && arriving.size === 0;
  const pace = createPace(intervalMs, refresh, (error) => {
    onError(error);
    if (arriving.size > 0) pace.request();
  });

  async function refresh(): Promise<void> {
    if (isEmpty()) return;
    const data = await show.refresh(audience);
    for (const socket of arriving) audience.admit(socket, data);
    arriving.clear();
  }

  return {
    admit(socket) {
      if (show.current && audience.size > 0) return audience.admit(socket, show.current());
      arriving.add(socket);
      pace.request();
    },
    remove(socket) {
      arriving.delete(socket);
      audience.remove(socket);
    },
    get empty() {
      return isEmpty();
    },
    get dropped() {
      return audience.dropped;
    },
    judged(change) {
      if (show.concerns(change)) pace.request();
    },
    sourcesChanged() {
      if (show.concernedBySources) pace.request();
    },
    tick() {
      if (show.moves) pace.request();
    },
    close: () => pace.stop(),
  };
}
