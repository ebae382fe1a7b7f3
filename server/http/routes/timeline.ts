/** What happened to one user: rows, figures, lanes and the export, all of the same range and filters. */
import { pipeline, Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { eventPosition, readCursor } from "@/server/queries/cursor";
import { TIMELINE_FILTERS, type TimelineFilterName } from "@/server/storage/reading/timeline/timeline-filter";
import { visibleEnvironments } from "../authenticate";
import { ndjsonLines } from "../ndjson-lines";
import {
  environmentParameter,
  idText,
  openRange,
  pageParameters,
  parseCursor,
  parseQuery,
  rangeParameters,
} from "../query-parameters";
import { csvRecords, csvStringifier } from "../timeline-csv";
import type { HttpDependencies } from "../types";

const filterNames = Object.keys(TIMELINE_FILTERS) as TimelineFilterName[];
const part = {
  ...environmentParameter,
  ...rangeParameters,
  ...(Object.fromEntries(filterNames.map((name) => [name, idText.optional()])) as Record<
    TimelineFilterName,
    z.ZodOptional<z.ZodString>
  >),
};
/** Parameters of GET /api/v1/users/:id/timeline. */
export const timelineQuery = z.object({ ...part, ...pageParameters(1_000, 200) });
/** Parameters of GET /api/v1/users/:id/timeline/summary. */
export const timelineSummaryQuery = z.object(part);
/** Parameters of GET /api/v1/users/:id/timeline/export. */
export const timelineExportQuery = z.object({ ...part, format: z.enum(["ndjson", "csv"]).default("ndjson") });
/** Parameters of GET /api/v1/users/:id/lanes. */
export const lanesQuery = z.object({ ...environmentParameter, ...rangeParameters });

interface UserRequest {
  Params: { id: string };
}

export function addTimelineRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { queries, nowMs, log } = dependencies;

  async function asked(request: FastifyRequest<UserRequest>, query: z.infer<typeof timelineSummaryQuery>) {
    return {
      environments: await visibleEnvironments(dependencies, request, query.environment),
      user: request.params.id,
      ...openRange(query, nowMs()),
      filter: Object.fromEntries(filterNames.map((name) => [name, query[name]])),
    };
  }

  scope.get<UserRequest>("/api/v1/users/:id/timeline", async (request) => {
    const query = parseQuery(timelineQuery, request.query);
    const after = parseCursor(query.cursor, (cursor) => readCursor(eventPosition, cursor));
    return queries.timeline({ ...(await asked(request, query)), after, limit: query.limit });
  });

  scope.get<UserRequest>("/api/v1/users/:id/timeline/summary", async (request) => {
    return queries.timelineSummary(await asked(request, parseQuery(timelineSummaryQuery, request.query)));
  });

  scope.get<UserRequest>("/api/v1/users/:id/lanes", async (request) => {
    return queries.userLanes(await asked(request, parseQuery(lanesQuery, request.query)));
  });

  scope.get<UserRequest>("/api/v1/users/:id/timeline/export", async (request, reply) => {
    const query = parseQuery(timelineExportQuery, request.query);
    const events = queries.timelineExport(await asked(request, query));
    const endedEarly = (error: unknown) => error && log.warn({ err: error }, "export ended early");
    const name = `timeline-${request.params.id.replace(/[^\w.-]/g, "_").slice(0, 80)}.${query.format}`;
    reply.header("content-disposition", `attachment; filename="${name}"`);
    if (query.format === "ndjson") {
      const lines = Readable.from(ndjsonLines(events)).on("error", endedEarly);
      return reply.type("application/x-ndjson; charset=utf-8").send(lines);
    }
    const records = Readable.from(csvRecords(events));
    return reply.type("text/csv; charset=utf-8").send(pipeline(records, csvStringifier(), endedEarly));
  });
}
