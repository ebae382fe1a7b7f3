/** A room whose delta replaces its whole data: computed once for everybody, and only while somebody is there. */
import type { JudgedChange } from "@/server/judge/types";
import { createAudience } from "./audience";
import { createPace } from "./pace";
import type { LiveNamespace, LiveSocket, OpenRoom } from "./types";

export interface StateRoomOptions {
  nsp: LiveNamespace;
  room: string;
  /** Never computed more often. */
  intervalMs: number;
  compute: () => Promise<unknown>;
  /** Whether a change concerns this room; `data` is what it shows now. */
  concerns: (change: JudgedChange, data: unknown) => boolean;
  concernedBySources?: boolean;
  /** Whether time alone changes the data. */
  moves?: boolean;
  onError: (error: unknown) => void;
}

export function createStateRoom(options: StateRoomOptions): OpenRoom {
  const { nsp, room, compute } = options;
  const audience = createAudience(nsp, room);
  const arriving = new Set<LiveSocket>();
  let shown = "";
  let data: unknown = null;

  // Snapshots and deltas come from one sequence of computations, so that none overtakes another.
  const pace = createPace(options.intervalMs, refresh, (error) => {
    options.onError(error);
    if (arriving.size > 0) pace.request();
  });

  async function refresh(): Promise<void> {
    if (audience.size === 0 && arriving.size === 0) return;
    data = await compute();
    const next = JSON.stringify(data);
    if (next !== shown && audience.size > 0) audience.tell(data);
    shown = next;
    for (const socket of arriving) audience.admit(socket, data);
    arriving.clear();
  }

  return {
    admit(socket) {
      // While somebody is there, what is shown is current but for deltas to come.
      if (audience.size > 0) return audience.admit(socket, data);
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
      if (options.concerns(change, data)) pace.request();
    },
    sourcesChanged() {
      if (options.concernedBySources) pace.request();
    },
    tick() {
      if (options.moves) pace.request();
    },
    close: () => pace.stop(),
  };
}
