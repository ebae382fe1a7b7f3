import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { type IncidentDetail, incidentChange, incidentStatus } from "@/contracts/incidents";
import { severity } from "@/contracts/journey-parts";
import { LEAK_RULES } from "@/domain/leaks/leak-rules";
import { changeIncident, type IncidentRefusal } from "@/server/incidents/change-incident";
import { auditPosition, occurrencePosition, readCursor, seenPosition } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { requestActor, requireChanger, visibleEnvironments } from "../authenticate";
import {
  environmentParameter,
  idList,
  pageParameters,
  parseCursor,
  parseQuery,
  parseRequestBody,
} from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/incidents. */
export const incidentListQuery = z.object({
  ...environmentParameter,
  ...pageParameters(200, 50),
  rule: idList.pipe(z.array(z.enum(LEAK_RULES))).optional(),
  status: idList.pipe(z.array(incidentStatus)).optional(),
  severity: idList.pipe(z.array(severity)).optional(),
  router: idList.optional(),
  muted: z.stringbool().optional(),
});
/** Parameters of GET and PATCH /api/v1/incidents/:id. */
export const incidentQuery = z.object(environmentParameter);
/** Parameters of GET /api/v1/incidents/:id/{history,occurrences,journeys}. */
export const incidentPageQuery = z.object({ ...environmentParameter, ...pageParameters(200, 50) });

/** Parameters of GET /api/v1/incidents/:id/evidence. */
export const incidentEvidenceQuery = z.object({
  ...environmentParameter,
  occurrence: z.string().max(4_096).optional(),
});

interface One {
  Params: { id: string };
}

export function addIncidentRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, queries, access, nowMs, onIncidentChanged } = dependencies;

  scope.get("/api/v1/incidents", async (request) => {
    const query = parseQuery(incidentListQuery, request.query);
    return queries.incidents({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      rules: query.rule ?? null,
      statuses: query.status ?? null,
      severities: query.severity ?? null,
      routers: query.router ?? null,
      muted: query.muted ?? null,
      after: parseCursor(query.cursor, (cursor) => readCursor(seenPosition, cursor)),
      limit: query.limit,
    });
  });

  scope.get<One>("/api/v1/incidents/:id", async (request) => {
    const query = parseQuery(incidentQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    return found(await queries.incident(environments, request.params.id));
  });

  scope.get<One>("/api/v1/incidents/:id/history", async (request) => {
    const query = parseQuery(incidentPageQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const after = parseCursor(query.cursor, (cursor) => readCursor(auditPosition, cursor));
    return found(await queries.incidentHistory({ environments, id: request.params.id, after, limit: query.limit }));
  });

  scope.get<One>("/api/v1/incidents/:id/occurrences", async (request) =>
    found(await queries.incidentOccurrences(await pageOf(request))),
  );

  scope.get<One>("/api/v1/incidents/:id/journeys", async (request) =>
    found(await queries.incidentJourneys(await pageOf(request))),
  );

  /** What two users did: read about either, and written down as that. */
  scope.get<One>("/api/v1/incidents/:id/evidence", async (request) => {
    const query = parseQuery(incidentEvidenceQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const { id } = request.params;
    const evidence = await queries.incidentEvidence({ environments, id, key: query.occurrence ?? null });
    if (!evidence) throw new ApiError("not_found", "No incident, or no occurrence of it, has this id.");
    const { environment, around } = evidence;
    const actor = requestActor(dependencies, request);
    for (const { userId: target } of around.sides) {
      await access.record({ actor, action: "timeline_read", environment, target, repeats: true });
    }
    return evidence;
  });

  async function pageOf(request: FastifyRequest<One>) {
    const query = parseQuery(incidentPageQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const after = parseCursor(query.cursor, (cursor) => readCursor(occurrencePosition, cursor));
    return { environments, id: request.params.id, after, limit: query.limit };
  }

  scope.patch<One>("/api/v1/incidents/:id", async (request): Promise<IncidentDetail> => {
    const { id } = request.params;
    const query = parseQuery(incidentQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const by = requireChanger(request, "Incidents");
    const change = parseRequestBody(incidentChange, request.body);
    const result = await changeIncident(db, { environments, id, change }, by, nowMs());
    if (!result.ok) throw refusalError(result);
    const { environment, rule, router, status, actions } = result;
    if (actions.length > 0) {
      const detail = { actions, status, rule, router };
      const actor = requestActor(dependencies, request);
      await access.record({ actor, action: "incident_changed", environment, target: id, detail });
      onIncidentChanged(environment);
    }
    return found(await queries.incident([environment], id));
  });
}

function found<T>(answer: T | null): T {
  if (answer === null) throw new ApiError("not_found", "No incident has this id.");
  return answer;
}

function refusalError(refusal: IncidentRefusal): ApiError {
  if (refusal.code !== "out_of_range") return new ApiError(refusal.code, refusal.message);
  const { field, message } = refusal;
  return new ApiError("bad_request", `${field}: ${message}`, [{ field, message }]);
}
