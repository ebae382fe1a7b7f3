"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { sessionInfo } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { renewEnvironments } from "./live/room-handlers";

/** Who is signed in, and the environments that person may see. */
export function useSession() {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: keys.session(),
    queryFn: ({ signal }) => apiGet("session", {}, sessionInfo, signal),
  });
  return { data: query.data, isPending: query.isPending, renew: () => renewEnvironments(cache) };
}
