import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type SloView, targetsChange } from "@/contracts/slo";
import { recordAudit } from "@/server/access/audit";
import { saveTargets } from "@/server/storage/alerts/slo-targets";
import { ApiError } from "../api-error";
import { principalOf, requestActor, visibleEnvironments } from "../authenticate";
import { environmentParameter, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET and PUT /api/v1/slo. */
export const sloQuery = z.object({ environment: environmentParameter.environment.unwrap() });

export function addSloReads(scope: FastifyInstance, dependencies: HttpDependencies): void {
  scope.get("/api/v1/slo", async (request): Promise<SloView> => {
    const { environment } = parseQuery(sloQuery, request.query);
    await visibleEnvironments(dependencies, request, environment);
    return dependencies.queries.slo(environment);
  });
}

/** Targets are set by admins. Each change is written to the audit log. */
export function addSloChanges(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, queries, nowMs, onAlertingChanged } = dependencies;

  scope.put("/api/v1/slo", async (request): Promise<SloView> => {
    const { environment } = parseQuery(sloQuery, request.query);
    await visibleEnvironments(dependencies, request, environment);
    const { basedOn, targets } = parseRequestBody(targetsChange, request.body);
    const savedBy = principalOf(request).name;
    if (!(await saveTargets(db.pool, { environment, targets, basedOn, savedBy, nowMs: nowMs() }))) {
      throw new ApiError("changed_meanwhile", "Somebody changed the targets meanwhile; look and change them anew.");
    }
    const actor = requestActor(dependencies, request);
    const about = { environment, target: "targets of objectives", detail: { ...targets } };
    await recordAudit(db, { actor, action: "settings_changed", ...about }, nowMs());
    onAlertingChanged(environment);
    return queries.slo(environment);
  });
}
