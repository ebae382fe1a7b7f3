import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { journeyStatus } from "@/contracts/http";
import { FINDING_CODES, STEPS } from "@/domain/journeys/types";
import { journeyPosition, readCursor } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { visibleEnvironments } from "../authenticate";
import {
  environmentParameter,
  idList,
  idText,
  openRange,
  pageParameters,
  parseCursor,
  parseQuery,
  rangeParameters,
} from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/journeys. `version` and `instance` may name several; a journey must have all of them. */
export const journeyListQuery = z.object({
  ...environmentParameter,
  ...rangeParameters,
  ...pageParameters(200, 50),
  status: idList.pipe(z.array(journeyStatus)).optional(),
  finding: z.enum(FINDING_CODES).optional(),
  step: z.enum(STEPS).optional(),
  user: idText.optional(),
  router: idText.optional(),
  version: idList.optional(),
  instance: idList.optional(),
  thread: idText.optional(),
  connection: idText.optional(),
  q: idText.optional(),
});
/** Parameters of GET /api/v1/journeys/differences: the filter of the failed ones, and what they are held against. */
export const differencesQuery = z.object({
  ...environmentParameter,
  ...rangeParameters,
  finding: z.enum(FINDING_CODES).optional(),
  step: z.enum(STEPS).optional(),
  user: idText.optional(),
  router: idText.optional(),
  version: idList.optional(),
  instance: idList.optional(),
  against: z.enum(["all", "alike"]).default("all"),
});
export function addJourneyRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries, nowMs } = dependencies;

  scope.get("/api/v1/journeys", async (request) => {
    const query = parseQuery(journeyListQuery, request.query);
    const filter = {
      environments: await visibleEnvironments(dependencies, request, query.environment),
      statuses: query.status ?? null,
      finding: query.finding ?? null,
      step: query.step ?? null,
      user: query.user ?? null,
      router: query.router ?? null,
      versions: query.version ?? null,
      instances: query.instance ?? null,
      thread: query.thread ?? null,
      connection: query.connection ?? null,
      q: query.q ?? null,
      ...openRange(query, nowMs()),
    };
    const after = parseCursor(query.cursor, (cursor) => readCursor(journeyPosition, cursor));
    return queries.journeys(filter, { after, limit: query.limit });
  });

  scope.get("/api/v1/journeys/differences", async (request) => {
    const query = parseQuery(differencesQuery, request.query);
    const [environment, ...others] = await visibleEnvironments(dependencies, request, query.environment);
    if (environment === undefined || others.length > 0) throw unnamed("environment");
    const { from, to } = openRange(query, nowMs());
    return queries.differences({
      environment,
      from,
      to: to ?? new Date(nowMs()),
      filter: {
        finding: query.finding ?? null,
        step: query.step ?? null,
        user: query.user ?? null,
        router: query.router ?? null,
        versions: query.version ?? null,
        instances: query.instance ?? null,
      },
      alike: query.against === "alike",
    });
  });
}

function unnamed(field: string): ApiError {
  const message = "must be named: journeys of different environments are not compared";
  return new ApiError("bad_query", `${field}: ${message}`, [{ field, message }]);
}
