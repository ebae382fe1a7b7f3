import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { EnvironmentList, SessionInfo } from "@/contracts/http";
import { principalOf, visibleEnvironments } from "../authenticate";
import { boundedRange, environmentParameter, noParameters, parseQuery, rangeParameters } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/overview. */
export const overviewQuery = z.object({ ...environmentParameter, ...rangeParameters });
/** Parameters of GET /api/v1/sources. */
export const sourceListQuery = z.object(environmentParameter);

export function addOverviewRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries, nowMs, version } = dependencies;

  scope.get("/api/v1/overview", async (request) => {
    const query = parseQuery(overviewQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    return queries.overview({ environments, ...boundedRange(query, nowMs()) });
  });

  scope.get("/api/v1/sources", async (request) => {
    const query = parseQuery(sourceListQuery, request.query);
    return queries.sources(await visibleEnvironments(dependencies, request, query.environment));
  });

  scope.get("/api/v1/environments", async (request): Promise<EnvironmentList> => {
    parseQuery(noParameters, request.query);
    return { items: await visibleEnvironments(dependencies, request, undefined) };
  });

  scope.get("/api/v1/session", async (request): Promise<SessionInfo> => {
    parseQuery(noParameters, request.query);
    const environments = await visibleEnvironments(dependencies, request, undefined);
    const { name, kind, role } = principalOf(request);
    return { person: name, kind, role, environments, version };
  });
}
