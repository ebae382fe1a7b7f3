import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ErasureAnswer } from "@/contracts/access";
import { ApiError } from "../api-error";
import { principalOf, requestActor, visibleEnvironments } from "../authenticate";
import { environmentParameter, noParameters, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of DELETE /api/v1/users/:id. */
export const erasureQuery = z.object(environmentParameter);

export function addErasureRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { access, erasures } = dependencies;

  scope.delete<{ Params: { id: string } }>("/api/v1/users/:id", async (request, reply): Promise<ErasureAnswer> => {
    const query = parseQuery(erasureQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const actor = requestActor(dependencies, request);
    const user = request.params.id;
    const target = erasures.pseudonymOf(user);
    if (target === null) throw new ApiError("bad_request", "This name stands for a user who was erased already.");
    for (const environment of environments) {
      await access.record({ actor, action: "user_erased", environment, target });
    }
    const items = await Promise.all(environments.map((environment) => erasures.erase(environment, user, actor.name)));
    reply.status(items.every(({ state }) => state === "done") ? 200 : 202);
    return { items };
  });

  scope.get("/api/v1/erasures", async (request) => {
    parseQuery(noParameters, request.query);
    return erasures.list(principalOf(request).environments);
  });
}
