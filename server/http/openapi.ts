/** The read API as an OpenAPI 3.1 document, made from the schemas that the routes and the browser parse with. */
import { z } from "zod";
import * as contract from "@/contracts/http";
import type { Operation } from "./openapi-operation";
import { OPERATIONS } from "./openapi-operations";

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
    paths: paths(),
  };
}

function paths() {
  const found: Record<string, Record<string, unknown>> = {};
  for (const described of OPERATIONS) {
    found[described.path] = { ...found[described.path], [described.method ?? "get"]: operation(described) };
  }
  return found;
}

function operation({ path, summary, query, body, answer, status = 200, lines }: Operation) {
  const type = lines ? "application/x-ndjson" : "application/json";
  const error = { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } };
  return {
    summary,
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body
      ? { requestBody: { required: true, content: { "application/json": { schema: jsonSchema(body, "input") } } } }
      : {}),
    responses: {
      [status]: { description: summary, content: { [type]: { schema: jsonSchema(answer, "output") } } },
      400: { description: "A parameter cannot be used", ...error },
      401: { description: "Neither key nor session", ...error },
      403: { description: "Not allowed for this key", ...error },
      ...(path.includes("{") ? { 404: { description: "No such id", ...error } } : {}),
      429: { description: "The key has used up its minute", ...error },
    },
  };
}

function pathParameters(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  return names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
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
