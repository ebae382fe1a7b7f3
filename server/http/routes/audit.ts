import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { auditAction } from "@/contracts/access";
import { listAudit } from "@/server/access/audit";
import { maySee } from "@/server/access/principal";
import { auditPosition, readCursor } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { principalOf } from "../authenticate";
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

/** Parameters of GET /api/v1/audit. */
export const auditListQuery = z.object({
  ...environmentParameter,
  ...rangeParameters,
  ...pageParameters(200, 50),
  action: idList.pipe(z.array(auditAction)).optional(),
  actor: idText.optional(),
  target: idText.optional(),
});

export function addAuditRoutes(scope: FastifyInstance, { db, nowMs }: HttpDependencies): void {
  scope.get("/api/v1/audit", async (request) => {
    const query = parseQuery(auditListQuery, request.query);
    const principal = principalOf(request);
    if (query.environment !== undefined && !maySee(principal, query.environment)) {
      throw new ApiError("environment_not_allowed", "This key does not cover that environment.");
    }
    return listAudit(db, {
      environments: query.environment === undefined ? principal.environments : [query.environment],
      actions: query.action ?? null,
      actor: query.actor ?? null,
      target: query.target ?? null,
      ...openRange(query, nowMs()),
      after: parseCursor(query.cursor, (cursor) => readCursor(auditPosition, cursor)),
      limit: query.limit,
    });
  });
}
