"use client";
/** Scans come with commits: they are fetched when their page is opened, and when another one came. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import {
  consolidation,
  routersInCode,
  SCAN_PARTS,
  type ScanPart,
  scanDetail,
  scanDifference,
  scanFile,
  scanPartPage,
} from "@/contracts/http";
import { ROLES, type Role } from "@/domain/consolidation/types";
import { apiGet } from "./api";
import { keys } from "./keys";
import { routersInCodeRoom } from "./live/consolidation-rooms";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";
import { useFreshQuery } from "./settings/use-fresh-query";
import { useConsolidationNews } from "./use-consolidation-news";

const PAGE = 50;

export interface ConsolidationView {
  /** Ends of what is drawn, ISO; null = from the first scan, and until now. */
  from: string | null;
  to: string | null;
  /** The concept in view; null = the first. */
  concept: string | null;
  part: ScanPart;
  role: Role | null;
  /** The scan in view; null = the newest. */
  scan: string | null;
  /** A file that is looked for in the scan; null = none. */
  file: string | null;
}

const parsers = {
  from: parseAsString,
  to: parseAsString,
  concept: parseAsString,
  part: parseAsStringLiteral(SCAN_PARTS).withDefault("symbols"),
  role: parseAsStringLiteral(ROLES),
  scan: parseAsString,
  file: parseAsString,
};

/** What the consolidation page shows, in the URL. Another concept or scan begins at its symbols. */
export function useConsolidationView(): {
  view: ConsolidationView;
  setView(change: Partial<ConsolidationView>): void;
} {
  const [view, set] = useQueryStates(parsers, { history: "replace", shallow: true });
  return { view, setView: (change) => void set("part" in change ? { role: null, ...change } : change) };
}

export function useConsolidation(environment: string | null, { from, to }: Pick<ConsolidationView, "from" | "to">) {
  useConsolidationNews(environment);
  return useFreshQuery({
    queryKey: keys.consolidation(environment ?? "", from, to),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("consolidation", { environment, from, to }, consolidation, signal),
  });
}

/** Routers of the newest scan beside those of the environment's traffic, kept up to date live. */
export function useRoutersInCode(environment: string | null) {
  const cache = useQueryClient();
  const room = environment === null ? null : rooms.routersInCode(environment);
  useLiveRoom(room, () => routersInCodeRoom(cache, environment ?? ""));
  return useFreshQuery({
    queryKey: keys.routersInCode(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("consolidation/routers", { environment }, routersInCode, signal),
  });
}

/** Whether a file is among those of the scan. */
export function useScanFile(id: string, file: string) {
  return useFreshQuery({
    queryKey: keys.scanFile(id, file),
    queryFn: ({ signal }) => apiGet(`scans/${encodeURIComponent(id)}/files`, { file }, scanFile, signal),
  });
}

export function useScan(id: string) {
  return useFreshQuery({
    queryKey: keys.scan(id),
    queryFn: ({ signal }) => apiGet(`scans/${encodeURIComponent(id)}`, {}, scanDetail, signal),
  });
}

/** What came and what went since the scan before. */
export function useScanDifference(id: string) {
  return useFreshQuery({
    queryKey: keys.scanDiff(id),
    queryFn: ({ signal }) => apiGet(`scans/${encodeURIComponent(id)}/diff`, {}, scanDifference, signal),
  });
}

/** One part of a concept in a scan, page by page. */
export function useScanPart(
  id: string,
  { concept, part, role }: { concept: string; part: ScanPart; role: Role | null },
) {
  return useInfiniteQuery({
    queryKey: keys.scanParts(id, concept, part, role),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      apiGet(
        `scans/${encodeURIComponent(id)}/parts`,
        { concept, part, role, limit: PAGE, cursor: pageParam },
        scanPartPage,
        signal,
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
}
