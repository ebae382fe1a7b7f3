"use client";
/** Everything a colleague should see when sent the link lives in the URL. Each hook reads and writes one part of it. */
import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { z } from "zod";
import { ALERTS_TABS, type AlertsTab } from "./alert-words";
import { queryString } from "./api";
import { INCIDENT_STATES, type IncidentFilters } from "./incident-filters";
import type { JourneyFilters } from "./journey-filters";
import { PRESET_IDS, type PresetId, type Range, readRange } from "./range";
import { createStored } from "./stored";
import { useHydrated } from "./use-hydrated";
import { useSession } from "./use-session";
import { useStored } from "./use-stored";
import { viewHref } from "./view-address";
import { parseZone, type Zone } from "./zone";

const text = parseAsString;
const replaceInPlace = { history: "replace", shallow: true } as const;
const newEntry = { history: "push", shallow: true } as const;

const DEFAULT_ENVIRONMENT = "default";
const LOCAL = "local";
const UTC = "utc";

/** The environment in view: the URL's, else the default one, else the first that may be seen; null until that is known. */
export function useEnvironment(): [string | null, (environment: string) => void] {
  const [chosen, choose] = useQueryState("environment", text.withOptions(newEntry));
  const session = useSession();
  const known = session.data?.environments ?? [];
  const usual = known.includes(DEFAULT_ENVIRONMENT) ? DEFAULT_ENVIRONMENT : (known[0] ?? DEFAULT_ENVIRONMENT);
  return [chosen ?? (session.isPending ? null : usual), (environment) => void choose(environment)];
}

/** Chosen once for all pages of this browser. */
const keptZone = createStored("zone", z.string(), LOCAL);

/** The zone that times are shown in: the URL's, else this browser's choice, else its own. Choosing is for all pages. */
export function useZone(): [Zone, (zone: Zone) => void] {
  const [inUrl, setInUrl] = useQueryState("tz", text.withOptions(replaceInPlace));
  const [kept, keep] = useStored(keptZone, UTC);
  const hydrated = useHydrated();
  const zone = parseZone(inUrl) ?? (hydrated ? (parseZone(kept) ?? LOCAL) : UTC);
  const choose = (next: Zone) => {
    keep(next);
    void setInUrl(null);
  };
  return [zone, choose];
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

/** Whether the overview lays the period before behind its charts; usual, so that only "off" stands in the URL. */
export function usePrevious(): [boolean, (shown: boolean) => void] {
  const [previous, set] = useQueryState("previous", parseAsStringLiteral(["off"]).withOptions(replaceInPlace));
  return [previous !== "off", (shown) => void set(shown ? null : "off")];
}

const filterParsers = {
  status: text,
  finding: text,
  step: text,
  user: text,
  router: text,
  version: text,
  thread: text,
  connection: text,
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

/** Makes the links of saved views: in the environment that is looked at. */
export function useViewHref(): (view: { path: string; query: string }) => string {
  const [environment] = useEnvironment();
  const [tz] = useQueryState("tz", text);
  return useCallback((view) => viewHref(view, { environment, tz }), [environment, tz]);
}

const incidentParsers = { state: parseAsStringLiteral(INCIDENT_STATES), severity: text, rule: text, router: text };

/** Which incidents the list shows. */
export function useIncidentFilters(): {
  filters: IncidentFilters;
  setFilters(change: Partial<IncidentFilters>): void;
} {
  const [filters, set] = useQueryStates(incidentParsers, replaceInPlace);
  return { filters, setFilters: (change) => void set(change) };
}

/** The occurrence whose evidence is open, by its key; null = the newest. */
export function useOccurrenceInView(): [string | null, (key: string) => void] {
  const [key, setKey] = useQueryState("occurrence", text.withOptions(replaceInPlace));
  return [key, (next) => void setKey(next)];
}

export const SETTINGS_TABS = [
  "policy",
  "aliases",
  "fields",
  "retention",
  "sources",
  "canaries",
  "keys",
  "people",
  "audit",
] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** The part of the settings in view. */
export function useSettingsTab(): SettingsTab {
  const [tab] = useQueryState("tab", parseAsStringLiteral(SETTINGS_TABS).withOptions(newEntry));
  return tab ?? "policy";
}

/** The part of the alerts in view. */
export function useAlertsTab(): AlertsTab {
  const [tab] = useQueryState("tab", parseAsStringLiteral(ALERTS_TABS).withOptions(newEntry));
  return tab ?? "firing";
}

/** Which of keys, sessions, audit entries or alerts a list shows; null = all. */
export function useListFilter(
  name: "state" | "action" | "rule" | "channel",
): [string | null, (value: string | null) => void] {
  const [value, set] = useQueryState(name, text.withOptions(replaceInPlace));
  return [value, (next) => void set(next)];
}

/** Makes links within Signalbox that keep the environment, and the time zone where the URL names one. */
export function useHref(): (path: string, query?: Record<string, string | null>) => string {
  const [environment] = useEnvironment();
  const [tz] = useQueryState("tz", text);
  return useCallback((path, query = {}) => `${path}${queryString({ environment, ...query, tz })}`, [environment, tz]);
}
