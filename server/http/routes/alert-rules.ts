import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { alertRule, type RuleList, ruleChange } from "@/contracts/alerts";
import { refuseChange } from "@/domain/alerts/rules";
import { recordAudit } from "@/server/access/audit";
import { saveRule } from "@/server/storage/alerts/rules";
import { ApiError } from "../api-error";
import { principalOf, requestActor, visibleEnvironments } from "../authenticate";
import { environmentParameter, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/alert-rules and of PUT /api/v1/alert-rules/:rule. */
export const ruleListQuery = z.object({ environment: environmentParameter.environment.unwrap() });

export function addAlertRuleReads(scope: FastifyInstance, dependencies: HttpDependencies): void {
  scope.get("/api/v1/alert-rules", async (request): Promise<RuleList> => {
    const { environment } = parseQuery(ruleListQuery, request.query);
    await visibleEnvironments(dependencies, request, environment);
    return dependencies.queries.alertRules(environment);
  });
}

/** Changes, for admins. Each is written to the audit log. */
export function addAlertRuleChanges(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, queries, nowMs, onAlertingChanged } = dependencies;

  scope.put<{ Params: { rule: string } }>("/api/v1/alert-rules/:rule", async (request): Promise<RuleList> => {
    const { environment } = parseQuery(ruleListQuery, request.query);
    await visibleEnvironments(dependencies, request, environment);
    const known = alertRule.safeParse(request.params.rule);
    if (!known.success) throw new ApiError("not_found", "There is no rule of this name.");
    const rule = known.data;
    const { basedOn, ...change } = parseRequestBody(ruleChange, request.body);
    const refusal = refuseChange(rule, change);
    if (refusal) throw new ApiError("bad_request", `${refusal.field}: ${refusal.message}`, [refusal]);
    const savedBy = principalOf(request).name;
    if (!(await saveRule(db.pool, { environment, rule, change, basedOn, savedBy, nowMs: nowMs() }))) {
      throw new ApiError("changed_meanwhile", "Somebody changed this rule meanwhile; look at it and change it anew.");
    }
    const actor = requestActor(dependencies, request);
    const about = { environment, target: `alert rule ${rule}`, detail: change };
    await recordAudit(db, { actor, action: "settings_changed", ...about }, nowMs());
    onAlertingChanged(environment);
    return queries.alertRules(environment);
  });
}
