"use client";
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { type JourneyDetail, type JourneyNeighbours, journeyDetail, journeyNeighbours } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import type { Correction } from "./live/correction";
import { useLiveRoom } from "./live/live-provider";
import { journeyRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";

/** One journey, kept up to date live. Without an environment: the newest of that id. */
export function useJourney(environment: string | null, id: string) {
  const cache = useQueryClient();
  const queryKey = keys.journey(environment, id);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<JourneyDetail> => {
      const fetched = await apiGet(`journeys/${encodeURIComponent(id)}`, { environment }, journeyDetail, signal);
      const arrived = cache.getQueryData<JourneyDetail>(queryKey);
      return arrived && arrived.judgedAt > fetched.judgedAt ? arrived : fetched;
    },
  });
  const actual = query.data?.environment;
  useLiveRoom(actual === undefined ? null : rooms.journey(actual, id), () => journeyRoom(cache, queryKey, id));
  const correction = useQuery<Correction>({ queryKey: keys.correction(actual ?? "", id), queryFn: skipToken });
  return { ...query, correction: correction.data ?? null };
}

/** The owner's other journeys around one, as they were when it was opened. */
export function useNeighbours(environment: string, id: string, key: string) {
  return useQuery({
    queryKey: keys.neighbours(environment, key),
    queryFn: ({ signal }): Promise<JourneyNeighbours> =>
      apiGet(`journeys/${encodeURIComponent(id)}/neighbours`, { environment, key }, journeyNeighbours, signal),
  });
}

/** Another environment that has a journey of this id; null when there is none, or none was named. */
export function useJourneyElsewhere(environment: string | null, id: string): string | null {
  const { data } = useQuery({
    queryKey: keys.journeyElsewhere(id),
    enabled: environment !== null,
    retry: false,
    queryFn: async ({ signal }): Promise<string> =>
      (await apiGet(`journeys/${encodeURIComponent(id)}`, {}, journeyDetail, signal)).environment,
  });
  return data === undefined || data === environment ? null : data;
}
