/** The read API as an OpenAPI 3.1 document, made from the schemas that the routes and the browser parse with. */
import { z } from "zod";
import * as contract from "@/contracts/http";
import { eventExportQuery } from "./routes/events";
import { incidentListQuery } from "./routes/incidents";
import { journeyDetailQuery, journeyListQuery } from "./routes/journeys";
import { overviewQuery, sourceListQuery } from "./routes/overview";
import { timelineQuery, userListQuery } from "./routes/users";

interface Read {
  path: string;
  summary: string;
  query?: z.ZodObject;
  answer: z.ZodType;
  /** One object a line instead of one document. */
  lines?: boolean;
}

const READS: Read[] = [
  {
    path: "/api/v1/overview",
    summary: "Reliability, volume, latency and failures of a range",
    query: overviewQuery,
    answer: contract.overview,
  },
  {
    path: "/api/v1/journeys",
    summary: "Journeys, newest first",
    query: journeyListQuery,
    answer: contract.journeyList,
  },
  {
    path: "/api/v1/journeys/{id}",
    summary: "One journey by run id or inbound message id",
    query: journeyDetailQuery,
    answer: contract.journeyDetail,
  },
  {
    path: "/api/v1/users",
    summary: "Users of a range, the one seen last first",
    query: userListQuery,
    answer: contract.userList,
  },
  {
    path: "/api/v1/users/{id}/timeline",
    summary: "What happened to a user, newest last",
    query: timelineQuery,
    answer: contract.userTimeline,
  },
  {
    path: "/api/v1/routers",
    summary: "Routers by the messages they handled",
    query: overviewQuery,
    answer: contract.routerList,
  },
  {
    path: "/api/v1/incidents",
    summary: "Leaks, the one seen last first",
    query: incidentListQuery,
    answer: contract.incidentList,
  },
  {
    path: "/api/v1/incidents/{id}",
    summary: "One leak with its evidence",
    query: sourceListQuery,
    answer: contract.incidentDetail,
  },
  {
    path: "/api/v1/sources",
    summary: "Subscribed sources and the quality of their data",
    query: sourceListQuery,
    answer: contract.sourceList,
  },
  { path: "/api/v1/environments", summary: "Environments that the caller may see", answer: contract.environmentList },
  { path: "/api/v1/session", summary: "Who is calling", answer: contract.sessionInfo },
  {
    path: "/api/v1/events",
    summary: "Export of telemetry events, in the order of ids",
    query: eventExportQuery,
    answer: contract.telemetryEventView,
    lines: true,
  },
];

/** Builds the document; `version` is the installation's. */
export function openApiDocument(version: string): Record<string, unknown> {
  return {
    openapi: "3.1.0",
    info: { title: "Signalbox read API", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: { Error: jsonSchema(contract.errorBody, "output") },
    },
    security: [{ key: [] }],
    paths: Object.fromEntries(READS.map((read) => [read.path, { get: operation(read) }])),
  };
}

function operation({ path, summary, query, answer, lines }: Read) {
  const type = lines ? "application/x-ndjson" : "application/json";
  const error = { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } };
  return {
    summary,
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    responses: {
      200: { description: summary, content: { [type]: { schema: jsonSchema(answer, "output") } } },
      400: { description: "A parameter cannot be used", ...error },
      401: { description: "Neither key nor session", ...error },
      403: { description: "Not allowed for this key", ...error },
      ...(path.includes("{id}") ? { 404: { description: "No such id", ...error } } : {}),
    },
  };
}

function pathParameters(path: string) {
  return path.includes("{id}") ? [{ name: "id", in: "path", required: true, schema: { type: "string" } }] : [];
}

function queryParameters(query: z.ZodObject) {
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: jsonSchema(schema as z.ZodType, "input"),
  }));
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
