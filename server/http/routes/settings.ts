import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  type AllowedFieldsView,
  allowedFieldsChange,
  type PolicyDryRun,
  type PolicyView,
  policyChange,
  type RetentionDryRun,
  type RetentionView,
  retentionChange,
} from "@/contracts/settings";
import { type AuditRecord, recordAudit } from "@/server/access/audit";
import type { SettingsRefusal, SettingsResult } from "@/server/settings/create-service";
import { ApiError } from "../api-error";
import { principalOf, requestActor, requireAllEnvironments, visibleEnvironments } from "../authenticate";
import { environmentParameter, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

const dryRun = { dryRun: z.stringbool().optional() };
/** Parameters of GET /api/v1/policy. */
export const policyQuery = z.object({ environment: environmentParameter.environment.unwrap() });
/** Parameters of PUT /api/v1/policy. */
export const policyChangeQuery = policyQuery.extend(dryRun);
/** Parameters of PUT /api/v1/retention. */
export const retentionChangeQuery = z.object(dryRun);
const none = z.object({});

/** Anybody who may read sees what counts, and why. */
export function addSettingsReads(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { settings } = dependencies;

  scope.get("/api/v1/policy", async (request): Promise<PolicyView> => {
    const { environment } = parseQuery(policyQuery, request.query);
    await visibleEnvironments(dependencies, request, environment);
    return settings.policy(environment);
  });

  scope.get("/api/v1/retention", async (request): Promise<RetentionView> => {
    parseQuery(none, request.query);
    requireAllEnvironments(request);
    return settings.retention();
  });

  scope.get("/api/v1/allowed-fields", async (request): Promise<AllowedFieldsView> => {
    parseQuery(none, request.query);
    requireAllEnvironments(request);
    return settings.allowedFields();
  });
}

/** Changes, for admins. Each is written to the audit log; a dry run is not. */
export function addSettingsChanges(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, settings, nowMs } = dependencies;
  const audit = (request: FastifyRequest, record: Omit<AuditRecord, "actor">) =>
    recordAudit(db, { actor: requestActor(dependencies, request), ...record }, nowMs());

  scope.put("/api/v1/policy", async (request): Promise<PolicyView | PolicyDryRun> => {
    const { environment, dryRun } = parseQuery(policyChangeQuery, request.query);
    await visibleEnvironments(dependencies, request, environment);
    const change = parseRequestBody(policyChange, request.body);
    if (dryRun) return answerOf(await settings.previewPolicy(environment, change));
    const { version, preview } = answerOf(await settings.savePolicy(environment, change, principalOf(request).name));
    const { changes, journeys } = preview;
    const detail = { version, changes, applyFrom: change.applyFrom ?? null, journeysJudgedAgain: journeys };
    await audit(request, { action: "policy_changed", environment, target: `version ${version}`, detail });
    return settings.policy(environment);
  });

  scope.put("/api/v1/retention", async (request): Promise<RetentionView | RetentionDryRun> => {
    requireAllEnvironments(request);
    const { dryRun } = parseQuery(retentionChangeQuery, request.query);
    const change = parseRequestBody(retentionChange, request.body);
    if (dryRun) return answerOf(await settings.previewRetention(change));
    const dropped = answerOf(await settings.saveRetention(change, principalOf(request).name));
    const { retentionDays, maxDiskBytes } = change;
    const detail = { retentionDays, maxDiskBytes, daysToDrop: dropped.days, eventsToDrop: dropped.events };
    await audit(request, { action: "settings_changed", target: "retention", detail });
    return settings.retention();
  });

  scope.put("/api/v1/allowed-fields", async (request): Promise<AllowedFieldsView> => {
    requireAllEnvironments(request);
    parseQuery(none, request.query);
    const change = parseRequestBody(allowedFieldsChange, request.body);
    const detail = answerOf(await settings.saveAllowedFields(change, principalOf(request).name));
    await audit(request, { action: "settings_changed", target: "allowed fields", detail });
    return settings.allowedFields();
  });
}

function answerOf<T>(result: SettingsResult<T>): T {
  if (result.ok) return result.answer;
  throw refusalError(result.refusal);
}

function refusalError(refusal: SettingsRefusal): ApiError {
  switch (refusal.code) {
    case "changed_meanwhile":
      return new ApiError("changed_meanwhile", refusal.message);
    case "busy":
      return new ApiError("unavailable", refusal.message);
    case "out_of_range":
    case "fixed": {
      const { field, message } = refusal;
      return new ApiError("bad_request", `${field}: ${message}`, [{ field, message }]);
    }
  }
}
