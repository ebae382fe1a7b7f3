import type { QueryClient } from "@tanstack/react-query";
import type { DeliveriesPulse } from "@/contracts/http";
import { roomPayloads } from "@/contracts/live";
import { keys } from "../keys";
import type { RoomHandler } from "./live-rooms";
import { parsed } from "./room-handlers";

/** Says only that something was told: what is shown of it is fetched again. */
export function deliveriesRoom(cache: QueryClient): RoomHandler {
  let known: string | null = null;
  const apply = ({ pulse }: DeliveriesPulse) => {
    if (known !== null && known !== pulse) {
      void cache.invalidateQueries({ queryKey: keys.channels() });
      void cache.invalidateQueries({ queryKey: ["deliveries"] });
    }
    known = pulse;
  };
  return {
    snapshot: parsed(roomPayloads.deliveries.data, apply),
    delta: parsed(roomPayloads.deliveries.patch, apply),
    replaces: true,
  };
}
