"use client";
import { useQuery } from "@tanstack/react-query";
import { sessionInfo } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";

/** Who is signed in, and the environments that person may see. */
export function useSession() {
  return useQuery({
    queryKey: keys.session(),
    queryFn: ({ signal }) => apiGet("session", {}, sessionInfo, signal),
  });
}
