"use client";
import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type TimelineEvent, type UserTimeline, userTimeline } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { type Chunk, chunkOfRow, chunkOfTime, chunksAround } from "./timeline-chunks";
import type { CountedTimeline } from "./timeline-parts";
import { type TimelineView, timelineQuery } from "./timeline-view";

/** Chunks out of view are forgotten after so long, so that scrolling through 100,000 rows keeps few of them. */
const KEPT_MS = 30_000;

export interface TimelineRows {
  /** undefined = not fetched. */
  rowAt(index: number): TimelineEvent | undefined;
  error: Error | null;
  retry(): void;
  /** The row of an event, else the first row at or after a time. Fetches what it needs. */
  find(at: string | null, eventId: string | null): Promise<Found>;
}

export interface Found {
  /** null = an event that no time was named for is not among the newest. */
  index: number | null;
  /** Whether it is the event that was asked for. */
  exact: boolean;
}

export interface ListedTimeline {
  environment: string;
  user: string;
  view: TimelineView;
  summary: CountedTimeline;
}

/** The rows of a counted timeline from chunk `first` to `last` and some around them; the server pages. */
export function useTimelineRows(part: ListedTimeline, first: number, last: number): TimelineRows {
  const cache = useQueryClient();
  const { summary } = part;
  const chunks = chunksAround(summary, first, last);
  const results = useQueries({ queries: chunks.map((chunk) => chunkQuery(part, chunk)) });
  const loaded = new Map(chunks.map((chunk, n) => [chunk.index, results[n]?.data]));
  const failed = results.find((result) => result.error !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a part is named by its parts
  const find = useCallback(
    (at: string | null, eventId: string | null) => findRow(cache, part, at, eventId),
    [cache, part.environment, part.user, part.view, summary],
  );
  return {
    rowAt(index) {
      const chunk = summary.chunks[chunkOfRow(summary, index)];
      return chunk && loaded.get(chunk.index)?.[index - chunk.firstRow];
    },
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
    find,
  };
}

function chunkQuery({ environment, user, view, summary }: ListedTimeline, chunk: Chunk) {
  const from = summary.coveredFrom ?? view.from;
  return {
    queryKey: [...keys.timelineChunk(environment, user, view, from, chunk.cursor), chunk.rows],
    gcTime: KEPT_MS,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<TimelineEvent[]> => {
      const rows: TimelineEvent[] = [];
      let cursor = chunk.cursor;
      do {
        const query = { ...timelineQuery(environment, view), from, cursor, limit: chunk.rows - rows.length };
        const page: UserTimeline = await apiGet(
          `users/${encodeURIComponent(user)}/timeline`,
          query,
          userTimeline,
          signal,
        );
        rows.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && rows.length < chunk.rows);
      return rows;
    },
  };
}

/** Hundreds of events may share a moment, and a link may name no time: so many chunks are searched for an event. */
const SEARCHED_CHUNKS = 5;

async function findRow(
  cache: QueryClient,
  part: ListedTimeline,
  at: string | null,
  eventId: string | null,
): Promise<Found> {
  const atMs = at === null ? null : Date.parse(at);
  const { chunks } = part.summary;
  let chunk = (atMs === null ? chunks.at(-1) : chunkOfTime(part.summary, atMs)) ?? null;
  let first: number | null = null;
  for (let searched = 0; chunk && searched < SEARCHED_CHUNKS; searched += 1) {
    const rows: TimelineEvent[] = await cache.fetchQuery(chunkQuery(part, chunk));
    const named = rows.findIndex(({ id }) => id === eventId);
    if (named >= 0) return { index: chunk.firstRow + named, exact: true };
    if (atMs === null) {
      chunk = chunks[chunk.index - 1] ?? null;
      continue;
    }
    const later = rows.findIndex(({ time }) => Date.parse(time) >= atMs);
    if (later >= 0) first ??= chunk.firstRow + later;
    if (eventId === null || rows.some(({ time }) => Date.parse(time) > atMs)) break;
    chunk = chunks[chunk.index + 1] ?? null;
  }
  return { index: first ?? (atMs === null ? null : part.summary.total - 1), exact: false };
}
