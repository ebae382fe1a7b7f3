"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { searchAnswer } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { useSettled } from "./use-settled";

const AFTER_TYPING_MS = 120;
/** What was searched for a moment ago may have been found meanwhile. */
const FRESH_MS = 5_000;

/** What has an id that begins with the text, in every environment that may be seen. */
export function useSearch(text: string) {
  const q = text.trim();
  const asked = useSettled(q, AFTER_TYPING_MS);
  const query = useQuery({
    queryKey: keys.search(asked),
    enabled: asked !== "" && q !== "",
    staleTime: FRESH_MS,
    gcTime: FRESH_MS * 4,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => apiGet("search", { q: asked }, searchAnswer, signal),
  });
  const answer = q === "" ? undefined : query.data;
  return {
    answer,
    error: q === "" ? null : query.error,
    /** Whether an answer to just this text is still to come. */
    pending: q !== "" && (asked !== q || query.isFetching) && answer?.q !== q,
  };
}
