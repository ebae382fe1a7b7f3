import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { visibleEnvironments } from "../authenticate";
import { environmentParameter, idText, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/search. */
export const searchQuery = z.object({ ...environmentParameter, q: idText });

export function addSearchRoute(scope: FastifyInstance, dependencies: HttpDependencies): void {
  scope.get("/api/v1/search", async (request) => {
    const query = parseQuery(searchQuery, request.query);
    return dependencies.queries.search(await visibleEnvironments(dependencies, request, query.environment), query.q);
  });
}
