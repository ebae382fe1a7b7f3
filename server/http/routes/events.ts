import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { EXPORT_FILTERS, type ExportFilter } from "@/server/storage/reading/export-events";
import { visibleEnvironments } from "../authenticate";
import { ndjsonLines } from "../ndjson-lines";
import { environmentParameter, idText, openRange, parseQuery, rangeParameters } from "../query-parameters";
import type { HttpDependencies } from "../types";

type FilterName = keyof typeof EXPORT_FILTERS;
const names = Object.keys(EXPORT_FILTERS) as FilterName[];

/** Parameters of GET /api/v1/events: a range and any field of the telemetry contract that events are found by. */
export const eventExportQuery = z.object({
  ...environmentParameter,
  ...rangeParameters,
  ...(Object.fromEntries(names.map((name) => [name, idText.optional()])) as Record<
    FilterName,
    z.ZodOptional<z.ZodString>
  >),
});

export function addEventRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries, nowMs, log } = dependencies;

  scope.get("/api/v1/events", async (request, reply) => {
    const query = parseQuery(eventExportQuery, request.query);
    const filter: ExportFilter = Object.fromEntries(names.map((name) => [name, query[name]]));
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const lines = Readable.from(ndjsonLines(queries.events(environments, { ...openRange(query, nowMs()), filter })));
    lines.on("error", (error) => log.warn({ err: error }, "export ended early"));
    return reply.type("application/x-ndjson; charset=utf-8").send(lines);
  });
}
