import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { readCursor, seenPosition } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { visibleEnvironments } from "../authenticate";
import { environmentParameter, idList, pageParameters, parseCursor, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/incidents. */
export const incidentListQuery = z.object({
  ...environmentParameter,
  ...pageParameters(200, 50),
  rule: idList.optional(),
  status: idList.optional(),
});
const incidentDetailQuery = z.object(environmentParameter);

export function addIncidentRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries } = dependencies;

  scope.get("/api/v1/incidents", async (request) => {
    const query = parseQuery(incidentListQuery, request.query);
    return queries.incidents({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      rules: query.rule ?? null,
      statuses: query.status ?? null,
      after: parseCursor(query.cursor, (cursor) => readCursor(seenPosition, cursor)),
      limit: query.limit,
    });
  });

  scope.get<{ Params: { id: string } }>("/api/v1/incidents/:id", async (request) => {
    const query = parseQuery(incidentDetailQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const incident = await queries.incident(environments, request.params.id);
    if (!incident) throw new ApiError("not_found", "No incident has this id.");
    return incident;
  });
}
