import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { alertRule } from "@/contracts/alerts";
import { endedPosition, readCursor } from "@/server/queries/cursor";
import { visibleEnvironments } from "../authenticate";
import { environmentParameter, pageParameters, parseCursor, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/alerts. */
export const alertListQuery = z.object(environmentParameter);
/** Parameters of GET /api/v1/alerts/history. */
export const alertHistoryQuery = z.object({
  ...environmentParameter,
  ...pageParameters(200, 50),
  rule: alertRule.optional(),
});

export function addAlertRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries } = dependencies;

  scope.get("/api/v1/alerts", async (request) => {
    const query = parseQuery(alertListQuery, request.query);
    return queries.alerts(await visibleEnvironments(dependencies, request, query.environment));
  });

  scope.get("/api/v1/alerts/history", async (request) => {
    const query = parseQuery(alertHistoryQuery, request.query);
    return queries.alertHistory({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      rule: query.rule ?? null,
      after: parseCursor(query.cursor, (cursor) => readCursor(endedPosition, cursor)),
      limit: query.limit,
    });
  });
}
