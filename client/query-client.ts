import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api";

/** Data stays until the live connection or a person replaces it: nothing is fetched by a timer, by focus or by mounting twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 1 && error instanceof ApiError && error.code === "offline",
        retryDelay: 1_000,
      },
    },
  });
}
