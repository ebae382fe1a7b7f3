import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../api-error";
import { visibleEnvironments } from "../authenticate";
import { boundedRange, environmentParameter, parseQuery, rangeParameters } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/routers and GET /api/v1/routers/:router. */
export const routersQuery = z.object({ ...environmentParameter, ...rangeParameters });

export function addRouterRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries, nowMs } = dependencies;

  scope.get("/api/v1/routers", async (request) => {
    const query = parseQuery(routersQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    return queries.routers({ environments, ...boundedRange(query, nowMs()) });
  });

  scope.get<{ Params: { router: string } }>("/api/v1/routers/:router", async (request) => {
    const query = parseQuery(routersQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const { router } = request.params;
    const detail = await queries.router({ environments, router, ...boundedRange(query, nowMs()) });
    if (!detail) throw new ApiError("not_found", "No router of this name was seen.");
    return detail;
  });
}
