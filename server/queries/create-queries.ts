/** Every read there is, for the HTTP API and the live rooms alike. */
import type {
  AlertHistory,
  AlertList,
  Campaign,
  ConsolidationPulse,
  DeliveriesPulse,
  Differences,
  FiringAlerts,
  IncidentDetail,
  IncidentEvidence,
  IncidentHistory,
  IncidentJourneys,
  IncidentList,
  IncidentOccurrences,
  IncidentSummary,
  JourneyDetail,
  JourneyEventPage,
  JourneyList,
  JourneyNeighbours,
  JudgedState,
  OpenIncidents,
  Overview,
  RouterDetail,
  RouterList,
  RoutersInCode,
  RuleList,
  SearchAnswer,
  SilenceList,
  SloView,
  SourceList,
  TelemetryEventView,
  TimelineEvent,
  TimelineSummary,
  UserLanes,
  UserList,
  UserRow,
  UserTimeline,
} from "@/contracts/http";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import { campaignById } from "@/server/campaigns/campaigns";
import type { Judge } from "@/server/judge/types";
import { consolidationPulse } from "@/server/scans/consolidation-pulse";
import { createRoutersInCode } from "@/server/scans/routers-in-code";
import { readDeliveriesPulse } from "@/server/storage/alerts/channel-rows";
import type { Database } from "@/server/storage/database";
import { createPolicyBook } from "@/server/storage/judging/policy-book";
import type { ExportQuery } from "@/server/storage/reading/export-events";
import { listEnvironments } from "@/server/storage/reading/list-environments";
import type { JourneyFilter, JourneyPosition } from "@/server/storage/reading/list-journeys";
import type { UserListQuery } from "@/server/storage/reading/list-users";
import type { TimelineRange } from "@/server/storage/reading/timeline/members";
import type { TimelineFilter } from "@/server/storage/reading/timeline/timeline-filter";
import type { TimelinePageQuery } from "@/server/storage/reading/timeline/timeline-page";
import { type AlertHistoryQuery, alertHistory, alertList, firingAlerts } from "./alerts/alerts";
import { ruleList } from "./alerts/rules";
import { type SilencesQuery, silenceList } from "./alerts/silences";
import { type DifferencesQuery, differences } from "./differences";
import { exportEvents } from "./export-events";
import { incidentEvidence } from "./incidents/evidence";
import { type HistoryQuery, incidentHistory } from "./incidents/history";
import { type IncidentPageQuery, incidentJourneys, incidentOccurrences } from "./incidents/incident-lists";
import {
  type IncidentQuery,
  incidentDetail,
  incidentList,
  incidentSummary,
  openIncidents,
} from "./incidents/incidents";
import { type JourneyQuery, journeyDetail } from "./journey-detail";
import { type JourneyEventsQuery, journeyEvents } from "./journey-events";
import { journeyNeighbours, type NeighboursQuery } from "./journey-neighbours";
import { listJourneys } from "./list-journeys";
import { type OverviewQuery, overview } from "./overview";
import { remembered } from "./remembered";
import { type RouterDetailQuery, routerDetail } from "./routers/router-detail";
import { routerList } from "./routers/router-list";
import { search } from "./search";
import { createSloQuery } from "./slo";
import { sourceList } from "./sources";
import { timelineSummary } from "./timeline-summary";
import { type LanesRange, userLanes } from "./user-lanes";
import { exportTimeline, userTimeline } from "./user-timeline";
import { userDetail, userList } from "./users";

const ENVIRONMENTS_MS = 2_000;
const JUDGED_MS = 250;

export interface Queries {
  /** All environments there are; a new one shows within two seconds. */
  environments(): Promise<string[]>;
  /** How far judging is, in one environment or everywhere. */
  judged(environment?: string): Promise<JudgedState>;
  overview(query: OverviewQuery): Promise<Overview>;
  journeys(filter: JourneyFilter, page: { after: JourneyPosition | null; limit: number }): Promise<JourneyList>;
  journey(query: JourneyQuery): Promise<JourneyDetail | null>;
  journeyEvents(query: JourneyEventsQuery): Promise<JourneyEventPage | null>;
  neighbours(query: NeighboursQuery): Promise<JourneyNeighbours | null>;
  differences(query: DifferencesQuery): Promise<Differences>;
  users(query: UserListQuery): Promise<UserList>;
  user(environments: string[], id: string): Promise<UserRow[]>;
  timeline(query: TimelinePageQuery): Promise<UserTimeline>;
  timelineSummary(query: TimelineRange & { filter: TimelineFilter }): Promise<TimelineSummary>;
  userLanes(range: LanesRange): Promise<UserLanes>;
  timelineExport(query: TimelineRange & { filter: TimelineFilter }): AsyncIterable<TimelineEvent>;
  incidents(query: IncidentQuery): Promise<IncidentList>;
  openIncidents(environments: string[]): Promise<OpenIncidents>;
  incident(environments: string[], id: string): Promise<IncidentDetail | null>;
  /** As {@link Queries.incident}, without its occurrences. */
  incidentSummary(environments: string[], id: string): Promise<IncidentSummary | null>;
  incidentHistory(query: HistoryQuery): Promise<IncidentHistory | null>;
  incidentOccurrences(query: IncidentPageQuery): Promise<IncidentOccurrences | null>;
  incidentJourneys(query: IncidentPageQuery): Promise<IncidentJourneys | null>;
  /** Of one occurrence, by its key; without one of the newest. */
  incidentEvidence(query: { environments: string[]; id: string; key: string | null }): Promise<IncidentEvidence | null>;
  firingAlerts(environments: string[]): Promise<FiringAlerts>;
  alerts(environments: string[]): Promise<AlertList>;
  deliveriesPulse(environment: string): Promise<DeliveriesPulse>;
  alertHistory(query: AlertHistoryQuery): Promise<AlertHistory>;
  alertRules(environment: string): Promise<RuleList>;
  silences(query: SilencesQuery): Promise<SilenceList>;
  slo(environment: string): Promise<SloView>;
  routers(query: OverviewQuery): Promise<RouterList>;
  router(query: Omit<RouterDetailQuery, "nowMs">): Promise<RouterDetail | null>;
  /** Routers of the newest scan beside those of the traffic. */
  routersInCode(environments: string[]): Promise<RoutersInCode>;
  consolidationPulse(environments: string[]): Promise<ConsolidationPulse>;
  campaign(environments: string[], id: string): Promise<Campaign | null>;
  sources(environments: string[]): Promise<SourceList>;
  /** Whatever has an id that begins with `q`. */
  search(environments: string[], q: string): Promise<SearchAnswer>;
  events(environments: string[], query: Omit<ExportQuery, "environment">): AsyncIterable<TelemetryEventView>;
}

/** Reads of `db`; what everybody asks for at once is computed once. */
export function createQueries(dependencies: {
  db: Database;
  judge: Pick<Judge, "state">;
  nowMs: () => number;
}): Queries {
  const { db, judge, nowMs } = dependencies;
  const policies = createPolicyBook(DEFAULT_POLICY);
  const slo = createSloQuery({ db, policies, nowMs });
  const routersInCode = createRoutersInCode({ db, nowMs });
  const environments = remembered(ENVIRONMENTS_MS, nowMs, () => listEnvironments(db));
  const judged = remembered(JUDGED_MS, nowMs, (environment?: string) => judge.state(environment));
  return {
    environments,
    judged,
    async overview(query) {
      const [only, ...others] = query.environments;
      return overview(db, { judged: await judged(others.length === 0 ? only : undefined), nowMs: nowMs() }, query);
    },
    journeys: (filter, page) => listJourneys(db, filter, page),
    journey: (query) => journeyDetail(db, query),
    journeyEvents: (query) => journeyEvents(db, query),
    neighbours: (query) => journeyNeighbours(db, query),
    differences: (query) => differences(db, query),
    users: (query) => userList(db, query),
    user: (within, id) => userDetail(db, within, id),
    timeline: (query) => userTimeline(db, query),
    timelineSummary: (query) => timelineSummary(db, query),
    userLanes: (range) => userLanes(db, range),
    timelineExport: (query) => exportTimeline(db, query),
    deliveriesPulse: async (environment) => ({ pulse: await readDeliveriesPulse(db, environment) }),
    incidents: (query) => incidentList(db, query, nowMs()),
    openIncidents: (within) => openIncidents(db, within, nowMs()),
    incident: (within, id) => incidentDetail(db, within, id, nowMs()),
    incidentSummary: (within, id) => incidentSummary(db, within, id, nowMs()),
    incidentHistory: (query) => incidentHistory(db, query),
    incidentOccurrences: (query) => incidentOccurrences(db, query),
    incidentJourneys: (query) => incidentJourneys(db, query),
    incidentEvidence: (query) => incidentEvidence(db, query),
    firingAlerts: (within) => firingAlerts(db, within),
    alerts: (within) => alertList(db, within),
    alertHistory: (query) => alertHistory(db, query),
    alertRules: (environment) => ruleList(db, environment),
    silences: (query) => silenceList(db, query, nowMs()),
    slo: async (environment) => slo(environment, await judged(environment)),
    routers: (query) => routerList(db, { ...query, nowMs: nowMs(), policies }),
    router: (query) => routerDetail(db, { ...query, nowMs: nowMs() }),
    routersInCode,
    consolidationPulse: (within) => consolidationPulse(db, within, nowMs()),
    campaign: (within, id) => campaignById(db, within, id, nowMs()),
    sources: (within) => sourceList(db, within),
    search: (within, q) => search(db, within, q),
    events: (within, query) => exportEvents(db, within, query),
  };
}
