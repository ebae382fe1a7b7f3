/** Every read there is, for the HTTP API and the live rooms alike. */
import type {
  IncidentDetail,
  IncidentList,
  JourneyDetail,
  JourneyList,
  JudgedState,
  Overview,
  RouterList,
  SourceList,
  TelemetryEventView,
  UserList,
  UserTimeline,
} from "@/contracts/http";
import type { Judge } from "@/server/judge/types";
import type { Database } from "@/server/storage/database";
import type { ExportQuery } from "@/server/storage/reading/export-events";
import { listEnvironments } from "@/server/storage/reading/list-environments";
import type { JourneyFilter, JourneyPosition } from "@/server/storage/reading/list-journeys";
import type { UserListQuery } from "@/server/storage/reading/list-users";
import type { TimelineQuery } from "@/server/storage/reading/user-timeline";
import { exportEvents } from "./export-events";
import { type IncidentQuery, incidentDetail, incidentList } from "./incidents";
import { type JourneyQuery, journeyDetail } from "./journey-detail";
import { listJourneys } from "./list-journeys";
import { type OverviewQuery, overview } from "./overview";
import { remembered } from "./remembered";
import { routerList } from "./routers";
import { sourceList } from "./sources";
import { userList, userTimeline } from "./users";

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
  users(query: UserListQuery): Promise<UserList>;
  timeline(query: TimelineQuery): Promise<UserTimeline>;
  incidents(query: IncidentQuery): Promise<IncidentList>;
  incident(environments: string[], id: string): Promise<IncidentDetail | null>;
  routers(query: OverviewQuery): Promise<RouterList>;
  sources(environments: string[]): Promise<SourceList>;
  events(environments: string[], query: Omit<ExportQuery, "environment">): AsyncIterable<TelemetryEventView>;
}

/** Reads of `db`; what everybody asks for at once is computed once. */
export function createQueries(dependencies: {
  db: Database;
  judge: Pick<Judge, "state">;
  nowMs: () => number;
}): Queries {
  const { db, judge, nowMs } = dependencies;
  const environments = remembered(ENVIRONMENTS_MS, nowMs, () => listEnvironments(db));
  const judged = remembered(JUDGED_MS, nowMs, (environment?: string) => judge.state(environment));
  return {
    environments,
    judged,
    async overview(query) {
      const [only, ...others] = query.environments;
      return overview(db, await judged(others.length === 0 ? only : undefined), query);
    },
    journeys: (filter, page) => listJourneys(db, filter, page),
    journey: (query) => journeyDetail(db, query),
    users: (query) => userList(db, query),
    timeline: (query) => userTimeline(db, query),
    incidents: (query) => incidentList(db, query),
    incident: (within, id) => incidentDetail(db, within, id),
    routers: (query) => routerList(db, query),
    sources: (within) => sourceList(db, within),
    events: (within, query) => exportEvents(db, within, query),
  };
}
