/** A room whose delta replaces its whole data: computed once for everybody, and only while somebody is there. */
import type { JudgedChange } from "@/server/judge/types";
import { createRoom, type RoomOptions } from "./create-room";
import type { OpenRoom } from "./types";

export interface StateRoomOptions extends RoomOptions {
  compute: () => Promise<unknown>;
  /** Whether a change concerns this room; `data` is what it shows now. */
  concerns: (change: JudgedChange, data: unknown) => boolean;
  concernedBySources?: boolean;
  /** Whether time alone changes the data. */
  moves?: boolean;
}

export function createStateRoom({
  compute,
  concerns,
  concernedBySources,
  moves,
  ...options
}: StateRoomOptions): OpenRoom {
  let shown = "";
  let data: unknown = null;
  return createRoom(options, {
    async refresh(audience) {
      data = await compute();
      const next = JSON.stringify(data);
      if (next !== shown && audience.size > 0) audience.tell(data);
      shown = next;
      return data;
    },
    current: () => data,
    concerns: (change) => concerns(change, data),
    concernedBySources: concernedBySources ?? false,
    moves: moves ?? false,
  });
}
