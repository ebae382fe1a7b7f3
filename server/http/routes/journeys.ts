import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { journeyStatus } from "@/contracts/http";
import { eventPosition, journeyPosition, readCursor } from "@/server/queries/cursor";
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
  finding: idText.optional(),
  step: idText.optional(),
  user: idText.optional(),
  router: idText.optional(),
  version: idList.optional(),
  instance: idList.optional(),
  q: idText.optional(),
});
/** Parameters of GET /api/v1/journeys/:id. */
export const journeyDetailQuery = z.object({
  ...environmentParameter,
  key: z.string().max(4_096).optional(),
  eventsCursor: z.string().max(8_192).optional(),
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
      q: query.q ?? null,
      ...openRange(query, nowMs()),
    };
    const after = parseCursor(query.cursor, (cursor) => readCursor(journeyPosition, cursor));
    return queries.journeys(filter, { after, limit: query.limit });
  });

  scope.get<{ Params: { id: string } }>("/api/v1/journeys/:id", async (request) => {
    const query = parseQuery(journeyDetailQuery, request.query);
    const journey = await queries.journey({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      id: request.params.id,
      key: query.key ?? null,
      eventsAfter: parseCursor(query.eventsCursor, (cursor) => readCursor(eventPosition, cursor)),
    });
    if (!journey) throw new ApiError("not_found", "No journey has this id.");
    return journey;
  });
}
