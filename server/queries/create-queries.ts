/** Every read there is, for the HTTP API and the live rooms alike. */
import type { JourneyDetail, JourneyList, JudgedState, Overview } from "@/contracts/http";
import type { Judge } from "@/server/judge/types";
import type { Database } from "@/server/storage/database";
import { listEnvironments } from "@/server/storage/reading/list-environments";
import type { JourneyFilter, JourneyPosition } from "@/server/storage/reading/list-journeys";
import { type JourneyQuery, journeyDetail } from "./journey-detail";
import { listJourneys } from "./list-journeys";
import { type OverviewQuery, overview } from "./overview";
import { remembered } from "./remembered";

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
  };
}
