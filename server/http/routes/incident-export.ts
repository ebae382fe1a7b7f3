import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { incidentBundle } from "@/server/incidents/incident-bundle";
import { ApiError } from "../api-error";
import { requestActor, visibleEnvironments } from "../authenticate";
import { environmentParameter, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/incidents/:id/export. */
export const incidentExportQuery = z.object({ ...environmentParameter, notes: z.stringbool().optional() });

export function addIncidentExportRoute(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, queries, access, nowMs, log } = dependencies;

  scope.get<{ Params: { id: string } }>("/api/v1/incidents/:id/export", async (request, reply) => {
    const { environment: asked, notes = false } = parseQuery(incidentExportQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, asked);
    const incident = await queries.incidentSummary(environments, request.params.id);
    if (!incident) throw new ApiError("not_found", "No incident has this id.");
    const { id, environment, rule, router } = incident;
    const actor = requestActor(dependencies, request);
    await access.record({
      actor,
      action: "incident_exported",
      environment,
      target: id,
      detail: { rule, router, notes },
    });
    const text = Readable.from(incidentBundle(db, { incident, notes, nowMs: nowMs() }));
    text.on("error", (error) => log.warn({ err: error }, "export ended early"));
    reply.header("content-disposition", `attachment; filename="incident-${id}.json"`);
    return reply.type("application/json; charset=utf-8").send(text);
  });
}
