"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Differences, differences } from "@/contracts/http";
import { apiGet } from "./api";
import type { JourneyFilters } from "./journey-filters";
import { keys } from "./keys";

/** What the failed journeys of the filters have that healthy ones do not have; computed when asked for, not live. */
export function useDifferences(environment: string | null, filters: JourneyFilters, alike: boolean) {
  const { finding, step, user, router, version, from, to } = filters;
  const asked = { finding, step, user, router, version, from, to };
  return useQuery({
    queryKey: keys.differences(environment ?? "", asked, alike),
    enabled: environment !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<Differences> =>
      apiGet("journeys/differences", { environment, ...asked, against: alike ? "alike" : "all" }, differences, signal),
  });
}
