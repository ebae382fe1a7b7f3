import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { visibleEnvironments } from "../authenticate";
import { boundedRange, environmentParameter, parseQuery, rangeParameters } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/overview. */
export const overviewQuery = z.object({ ...environmentParameter, ...rangeParameters });

export function addOverviewRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries, nowMs } = dependencies;

  scope.get("/api/v1/overview", async (request) => {
    const query = parseQuery(overviewQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    return queries.overview({ environments, ...boundedRange(query, nowMs()) });
  });
}
