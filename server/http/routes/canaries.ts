import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type CanaryList, type CanaryRow, type CreatedCanary, newCanary } from "@/contracts/canaries";
import { maySee } from "@/server/access/principal";
import { aboutCanary, createCanary, deleteCanary, listCanaries } from "@/server/canaries/canaries";
import { createdPosition, readCursor } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { principalOf, requestActor } from "../authenticate";
import { noParameters, pageParameters, parseCursor, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/canaries. */
export const canaryListQuery = z.object(pageParameters(200, 50));

export function addCanaryRoutes(scope: FastifyInstance, { db, access, erasures, nowMs }: HttpDependencies): void {
  scope.get("/api/v1/canaries", async (request): Promise<CanaryList> => {
    const query = parseQuery(canaryListQuery, request.query);
    return listCanaries(db, {
      within: principalOf(request).environments,
      after: parseCursor(query.cursor, (cursor) => readCursor(createdPosition, cursor)),
      limit: query.limit,
    });
  });

  scope.post("/api/v1/canaries", async (request, reply): Promise<CreatedCanary> => {
    parseQuery(noParameters, request.query);
    const wanted = parseRequestBody(newCanary, request.body);
    if (!maySee(principalOf(request), wanted.environment)) {
      throw new ApiError("environment_not_allowed", "This key does not cover that environment.");
    }
    if (erasures.isErased(wanted.environment, wanted.userId)) {
      throw new ApiError("bad_request", "userId: this user was erased");
    }
    const actor = requestActor({ access }, request);
    const { row, token } = await createCanary(db, wanted, { createdBy: actor.name, nowMs: nowMs() });
    await access.record({ actor, action: "canary_created", ...aboutCanary(row) });
    reply.status(201);
    return { ...row, token };
  });

  scope.delete<{ Params: { id: string } }>("/api/v1/canaries/:id", async (request): Promise<CanaryRow> => {
    parseQuery(noParameters, request.query);
    const row = await deleteCanary(db, request.params.id, principalOf(request).environments);
    if (!row) throw new ApiError("not_found", "No canary has this id.");
    await access.record({ actor: requestActor({ access }, request), action: "canary_deleted", ...aboutCanary(row) });
    return row;
  });
}
