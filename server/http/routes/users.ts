import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { userSort } from "@/contracts/http";
import { readCursor, userPosition } from "@/server/queries/cursor";
import { visibleEnvironments } from "../authenticate";
import {
  boundedRange,
  environmentParameter,
  idText,
  pageParameters,
  parseCursor,
  parseQuery,
  rangeParameters,
} from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/users. */
export const userListQuery = z.object({
  ...environmentParameter,
  ...rangeParameters,
  ...pageParameters(200, 50),
  q: idText.optional(),
  sort: userSort.default("seen"),
});
/** Parameters of GET /api/v1/users/:id. */
export const userQuery = z.object(environmentParameter);

/** With a search the whole retention is searched, otherwise the hour that ends now. */
const SEARCHED_MS = 400 * 86_400_000;

export function addUserRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries, nowMs } = dependencies;

  scope.get("/api/v1/users", async (request) => {
    const query = parseQuery(userListQuery, request.query);
    const unbounded = query.q !== undefined && query.window === undefined && query.from === undefined;
    const { fromMs, toMs } = boundedRange(unbounded ? { ...query, window: SEARCHED_MS } : query, nowMs());
    return queries.users({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      from: new Date(fromMs),
      to: new Date(toMs),
      q: query.q ?? null,
      sort: query.sort,
      after: parseCursor(query.cursor, (cursor) => readCursor(userPosition[query.sort], cursor)),
      limit: query.limit,
    });
  });

  scope.get<{ Params: { id: string } }>("/api/v1/users/:id", async (request) => {
    const query = parseQuery(userQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    return { id: request.params.id, items: await queries.user(environments, request.params.id) };
  });
}
