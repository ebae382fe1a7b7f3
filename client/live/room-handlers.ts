/** What each kind of room does to the query cache: one pure reconcile step, then one write. */
import { focusManager, hashKey, type Query, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  IncidentList,
  IncidentSummary,
  JourneyDetail,
  JudgedState,
  OpenIncidents,
  Overview,
  SessionInfo,
  SourceList,
} from "@/contracts/http";
import { roomPayloads } from "@/contracts/live";
import { NO_INCIDENT_FILTERS } from "../incident-filters";
import { keys } from "../keys";
import type { Range } from "../range";
import { type Correction, correctionBetween } from "./correction";
import { applyJourneysPatch, type JourneyChanges, NO_CHANGES } from "./journey-changes";
import type { RoomHandler } from "./live-rooms";

/** What to do with a payload that has its shape; another one is not understood. */
export function parsed<T>(schema: z.ZodType<T>, apply: (value: T, late: boolean) => void) {
  return (raw: unknown, late = false): boolean => {
    const result = schema.safeParse(raw);
    if (result.success) apply(result.data, late);
    return result.success;
  };
}

/** What a paused page takes from a delta at once; `waits` says whether anything is left. */
export function whilePaused<T>(schema: z.ZodType<T>, take: (value: T) => void, waits: (value: T) => boolean) {
  return (raw: unknown): boolean => {
    const result = schema.safeParse(raw);
    if (result.success) take(result.data);
    return !result.success || waits(result.data);
  };
}

/** The newest state of all: an answer that is still under way was read earlier, and would overwrite it. */
export function put<T>(cache: QueryClient, queryKey: readonly unknown[], data: T) {
  void cache.cancelQueries({ queryKey, exact: true });
  cache.setQueryData<T>(queryKey, data);
}

function judged(cache: QueryClient, environment: string, state: JudgedState) {
  cache.setQueryData<JudgedState>(keys.judged(environment), state);
}

const ENVIRONMENTS_KNOWN_FOR_MS = 2_000;

/** Asks for the environments again, unless that was done just now or nobody looks. */
export function renewEnvironments(cache: QueryClient) {
  if (!focusManager.isFocused()) return;
  const known = (query: Query) => Date.now() - query.state.dataUpdatedAt < ENVIRONMENTS_KNOWN_FOR_MS;
  void cache.refetchQueries({ queryKey: keys.session(), predicate: (query) => !known(query) });
}

/** An environment is known from its first event on: who waits in one that is not looks out for it and for others. */
function awaitFirstEvent(cache: QueryClient, environment: string) {
  const session = cache.getQueryData<SessionInfo>(keys.session());
  if (session && !session.environments.includes(environment)) renewEnvironments(cache);
}

export function overviewRoom(cache: QueryClient, environment: string, range: Range): RoomHandler {
  const apply = (data: Overview, late: boolean) => {
    put<Overview>(cache, keys.overview(environment, range), data);
    if (!late) judged(cache, environment, data.judged);
    if (!data.seen.events) renewEnvironments(cache);
  };
  return {
    snapshot: parsed(roomPayloads.overview.data, apply),
    delta: parsed(roomPayloads.overview.patch, apply),
    whilePaused: whilePaused(
      roomPayloads.overview.patch,
      (data) => judged(cache, environment, data.judged),
      () => true,
    ),
    replaces: true,
  };
}

/** A snapshot means that rows or environments may have been missed: what was fetched before it is fetched again. */
export function journeysRoom(cache: QueryClient, environment: string): RoomHandler {
  return {
    snapshot: parsed(roomPayloads.journeys.data, (data) => {
      judged(cache, environment, data.judged);
      cache.setQueryData<JourneyChanges>(keys.journeyChanges(environment), NO_CHANGES);
      renewEnvironments(cache);
      // A first answer that is still under way would be taken for a fresh one: it is asked for anew as well.
      void cache.cancelQueries({ queryKey: ["journeys", environment] });
      void cache.invalidateQueries({ queryKey: ["journeys", environment] });
    }),
    delta: parsed(roomPayloads.journeys.patch, (patch, late) => {
      if (!late) judged(cache, environment, patch.judged);
      awaitFirstEvent(cache, environment);
      cache.setQueryData<JourneyChanges>(keys.journeyChanges(environment), (changes) =>
        applyJourneysPatch(changes ?? NO_CHANGES, patch),
      );
    }),
    whilePaused: whilePaused(
      roomPayloads.journeys.patch,
      (patch) => judged(cache, environment, patch.judged),
      (patch) => patch.upserts.length + patch.removed.length + patch.omitted > 0,
    ),
  };
}

export function journeyRoom(cache: QueryClient, queryKey: readonly unknown[], id: string): RoomHandler {
  const apply = (next: JourneyDetail) => {
    const correction = correctionBetween(cache.getQueryData<JourneyDetail>(queryKey), next);
    if (correction) cache.setQueryData<Correction>(keys.correction(next.environment, id), correction);
    put<JourneyDetail>(cache, queryKey, next);
  };
  return {
    snapshot: parsed(roomPayloads.journey.data, (data) => data && apply(data)),
    delta: parsed(roomPayloads.journey.patch, apply),
    replaces: true,
  };
}

/** Tells that something happened to a user, also what may have been missed before a snapshot. */
export function userRoom(onStir: () => void): RoomHandler {
  return { snapshot: parsed(roomPayloads.user.data, onStir), delta: parsed(roomPayloads.user.patch, onStir) };
}

/** The newest incidents of any kind; what is shown of them by a filter is fetched again. */
export function incidentsRoom(cache: QueryClient, environment: string): RoomHandler {
  const unfiltered = hashKey(keys.incidents(environment, NO_INCIDENT_FILTERS));
  const apply = (data: IncidentList) => {
    put<IncidentList>(cache, keys.incidents(environment, NO_INCIDENT_FILTERS), data);
    const filtered = (query: Query) => query.queryHash !== unfiltered;
    void cache.invalidateQueries({ queryKey: ["incidents", environment], predicate: filtered });
  };
  return {
    snapshot: parsed(roomPayloads.incidents.data, apply),
    delta: parsed(roomPayloads.incidents.patch, apply),
    replaces: true,
  };
}

/** Fetches again what an incident's page lists. */
export function renewIncidentLists(cache: QueryClient, environment: string, id: string) {
  void cache.invalidateQueries({ queryKey: ["incident-list", environment, id] });
}

/** @param named the environment as the page's address says it, which may be none */
export function incidentRoom(cache: QueryClient, environment: string, named: string, id: string): RoomHandler {
  const apply = (data: IncidentSummary | null) => {
    if (data) put<IncidentSummary>(cache, keys.incident(named, id), data);
    renewIncidentLists(cache, environment, id);
  };
  return {
    snapshot: parsed(roomPayloads.incident.data, apply),
    delta: parsed(roomPayloads.incident.patch, apply),
    replaces: true,
  };
}

/** How many wait for somebody is told at once, also while a page holds still. */
export function openIncidentsRoom(cache: QueryClient, environment: string): RoomHandler {
  const apply = (data: OpenIncidents) => put<OpenIncidents>(cache, keys.openIncidents(environment), data);
  const { data, patch } = roomPayloads["open-incidents"];
  return {
    snapshot: parsed(data, apply),
    delta: parsed(patch, apply),
    whilePaused: whilePaused(patch, apply, () => false),
    replaces: true,
  };
}

export function sourcesRoom(cache: QueryClient, environment: string): RoomHandler {
  const apply = (data: SourceList) => put<SourceList>(cache, keys.sources(environment), data);
  return {
    snapshot: parsed(roomPayloads.sources.data, apply),
    delta: parsed(roomPayloads.sources.patch, apply),
    replaces: true,
  };
}
