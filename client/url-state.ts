"use client";
/** Everything a colleague should see when sent the link lives in the URL. Each hook reads and writes one part of it. */
import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { queryString } from "./api";
import type { Zone } from "./format";
import type { JourneyFilters } from "./journey-filters";
import { PRESET_IDS, type PresetId, type Range, readRange } from "./range";
import { useHydrated } from "./use-hydrated";
import { useSession } from "./use-session";

const text = parseAsString;
const replaceInPlace = { history: "replace", shallow: true } as const;
const newEntry = { history: "push", shallow: true } as const;

const DEFAULT_ENVIRONMENT = "default";

/** The environment in view: the URL's, else the default one, else the first that may be seen; null until that is known. */
export function useEnvironment(): [string | null, (environment: string) => void] {
  const [chosen, choose] = useQueryState("environment", text.withOptions(newEntry));
  const session = useSession();
  const known = session.data?.environments ?? [];
  const usual = known.includes(DEFAULT_ENVIRONMENT) ? DEFAULT_ENVIRONMENT : (known[0] ?? DEFAULT_ENVIRONMENT);
  return [chosen ?? (session.isPending ? null : usual), (environment) => void choose(environment)];
}

export function useZone(): [Zone, (zone: Zone) => void] {
  const [zone, setZone] = useQueryState("tz", parseAsStringLiteral(["local", "utc"]).withOptions(replaceInPlace));
  const local = useHydrated() ? "local" : "utc";
  return [zone ?? local, (next) => void setZone(next === "local" ? null : next)];
}

/** Overview's range: a moving window, or absolute times. */
export function useRange(): {
  range: Range;
  showLast(preset: PresetId): void;
  showBetween(fromMs: number, toMs: number): void;
} {
  const [{ last, from, to }, set] = useQueryStates(
    { last: parseAsStringLiteral(PRESET_IDS), from: text, to: text },
    newEntry,
  );
  const range = useMemo(() => readRange(last, from, to), [last, from, to]);
  return {
    range,
    showLast: (preset) => void set({ last: preset, from: null, to: null }),
    showBetween: (fromMs, toMs) =>
      void set({ last: null, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }),
  };
}

const filterParsers = {
  status: text,
  finding: text,
  user: text,
  router: text,
  version: text,
  q: text,
  from: text,
  to: text,
};

export function useJourneyFilters(): {
  filters: JourneyFilters;
  setFilters(change: Partial<JourneyFilters>): void;
} {
  const [filters, set] = useQueryStates(filterParsers, replaceInPlace);
  return { filters, setFilters: (change) => void set(change) };
}

/** Makes links within Signalbox that keep environment and time zone. */
export function useHref(): (path: string, query?: Record<string, string | null>) => string {
  const [environment] = useEnvironment();
  const [zone] = useZone();
  return useCallback(
    (path, query = {}) => `${path}${queryString({ environment, ...query, tz: zone === "utc" ? "utc" : null })}`,
    [environment, zone],
  );
}
