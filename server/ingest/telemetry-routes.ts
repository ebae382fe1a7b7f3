/** POST /api/v1/telemetry. A batch is answered with 200 and a result for each item, even when none was accepted. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { parseTime } from "@/domain/telemetry/parse-time";
import { type Access, defaultEnvironment, mayUse, type Principal } from "@/server/access/principal";
import { type LimitedUnit, rateLimitHeaders, usedUp } from "@/server/access/rate-limits";
import type { ByteBudget, Reservation } from "./byte-budget";
import { type BodyFormat, parseBody } from "./parse-body";
import { readBody } from "./read-body";
import type { Ingest } from "./types";

const PATH = "/api/v1/telemetry";

const FORMATS: Readonly<Record<string, BodyFormat>> = {
  "application/json": "json",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
};

const STATUS: Readonly<Record<string, number>> = {
  invalid_json: 400,
  invalid_body: 400,
  invalid_encoding: 400,
  aborted: 400,
  unauthorized: 401,
  forbidden: 403,
  origin_not_allowed: 403,
  body_too_large: 413,
  too_many_items: 413,
  unsupported_media_type: 415,
  unsupported_encoding: 415,
  queue_full: 429,
  too_many_requests: 429,
  storage_full: 503,
  unavailable: 503,
};

interface Refused {
  code: string;
  message: string;
  retryAfterMs?: number;
}

export interface TelemetryRoutesDeps {
  ingest: Ingest;
  access: Access;
  budget: ByteBudget;
  nowMs?: () => number;
}

/** Adds the route. The caller is asked for a key before a byte of the body is read. */
export function registerTelemetryRoutes(fastify: FastifyInstance, deps: TelemetryRoutesDeps): void {
  const nowMs = deps.nowMs ?? Date.now;

  const take = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { format, principal, reservation }: { format: BodyFormat; principal: Principal; reservation: Reservation },
  ) => {
    const body = await readBody(request.raw, {
      encoding: request.headers["content-encoding"] ?? "",
      statedBytes: Number(request.headers["content-length"] ?? 0),
      budget: deps.budget,
      reservation,
    });
    if (!body.ok) return refuse(reply, body);
    const receivedAtMs = nowMs();
    const parsed = parseBody(body.body, format);
    if (!parsed.ok) return refuse(reply, parsed);
    const spent = spend(reply, principal, "events", parsed.items.length);
    if (spent) return refuse(reply, spent);
    const result = await deps.ingest.ingest(parsed.items, {
      environments: principal.environments,
      defaultEnvironment: defaultEnvironment(principal),
      sentAtMs: parseTime(parsed.sentAt) ?? dateHeaderMs(request),
      receivedAtMs,
      sender: principal.id,
      source: null,
    });
    return result.ok ? reply.code(200).send(result.answer) : refuse(reply, result.refusal);
  };

  /** Takes from what the key may send in a minute; why not, if there is not enough left. */
  const spend = (reply: FastifyReply, principal: Principal, unit: LimitedUnit, amount: number): Refused | null => {
    const allowance = deps.access.take(principal, unit, amount);
    if (allowance) reply.headers(rateLimitHeaders(allowance));
    return allowance?.ok === false ? { code: "too_many_requests", message: usedUp(allowance) } : null;
  };

  fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));

    scope.post(PATH, { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
      if (!deps.access.originAllowed(request.headers.origin)) {
        return refuse(reply, { code: "origin_not_allowed", message: "pages of other sites may not write here" });
      }
      const principal = await deps.access.fromRequest(request.raw);
      if (!principal)
        return refuse(reply, { code: "unauthorized", message: "send Authorization: Bearer <ingest key>" });
      if (!mayUse(principal, "ingest"))
        return refuse(reply, { code: "forbidden", message: "this key may not send telemetry" });
      const spent = spend(reply, principal, "requests", 1);
      if (spent) return refuse(reply, spent);
      const mediaType = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
      const format = Object.hasOwn(FORMATS, mediaType) ? FORMATS[mediaType] : undefined;
      if (!format) {
        const message = "Content-Type must be application/json or application/x-ndjson";
        return refuse(reply, { code: "unsupported_media_type", message });
      }
      const reservation = deps.budget.open();
      try {
        return await take(request, reply, { format, principal, reservation });
      } finally {
        reservation.release();
      }
    });
  });
}

function refuse(reply: FastifyReply, { code, message, retryAfterMs }: Refused) {
  if (retryAfterMs !== undefined) reply.header("retry-after", Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  return reply.code(STATUS[code] ?? 500).send({ error: { code, message } });
}

function dateHeaderMs(request: FastifyRequest): number | null {
  const statedMs = Date.parse(request.headers.date ?? "");
  return Number.isNaN(statedMs) ? null : statedMs;
}
