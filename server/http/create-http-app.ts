/** The read API, sign-in, health and metrics as one Fastify instance. Routes are shims; the answers come from queries. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import { COMMON_HEADERS } from "@/server/access/page-headers";
import { toApiError } from "./api-error";
import { requireRole } from "./authenticate";
import { openApiDocument } from "./openapi";
import { addEventRoutes } from "./routes/events";
import { addHealthRoutes } from "./routes/health";
import { addIncidentRoutes } from "./routes/incidents";
import { addJourneyRoutes } from "./routes/journeys";
import { addMetricsRoute } from "./routes/metrics";
import { addOverviewRoutes } from "./routes/overview";
import { addSignInRoutes } from "./routes/sign-in";
import { addUserRoutes } from "./routes/users";
import { addSecurity } from "./security";
import type { HttpDependencies } from "./types";

/** Ids have up to 256 bytes, in a path up to three characters each. */
const MAX_PARAM_LENGTH = 1_024;

/** Paths that belong to the app made here; everything else is a page. */
export function isHttpPath(url: string): boolean {
  return /^\/(api|v1|metrics|healthz|readyz|sign-in|sign-out)(\/|\?|$)/.test(url);
}

/**
 * Builds the app; it listens nowhere until its owner mounts it (`ready()`, then `routing(request, response)`).
 * Requests are not logged, because addresses hold sign-in tokens; failures are, by route.
 */
export async function createHttpApp(dependencies: HttpDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: dependencies.log,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
    // Addresses that cannot be read reach no route and no hook.
    frameworkErrors: (thrown, request, reply) => refuse(thrown, request, reply.headers(COMMON_HEADERS)),
  });
  app.decorateRequest("principal", null);
  addSecurity(app, dependencies.access);
  app.setErrorHandler(refuse);
  app.setNotFoundHandler((_request, reply) => {
    reply.status(404).send({ error: { code: "not_found", message: "There is nothing at this address." } });
  });
  await app.register(async (scope) => addHealthRoutes(scope, dependencies));
  await app.register(async (scope) => addSignInRoutes(scope, dependencies));
  await app.register(async (scope) => dependencies.registerTelemetry(scope));
  await app.register(async (scope) => {
    scope.addHook("onRequest", requireRole(dependencies, "read"));
    const document = openApiDocument(dependencies.version);
    scope.get("/api/v1/openapi.json", async () => document);
    addOverviewRoutes(scope, dependencies);
    addJourneyRoutes(scope, dependencies);
    addUserRoutes(scope, dependencies);
    addIncidentRoutes(scope, dependencies);
    addEventRoutes(scope, dependencies);
    addMetricsRoute(scope, dependencies);
  });
  return app;
}

function refuse(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toApiError(thrown);
  if (error.status >= 500) {
    request.log.error({ err: thrown, method: request.method, route: request.routeOptions.url }, "request failed");
  }
  if (error.code === "unauthenticated") reply.header("www-authenticate", "Bearer");
  const { code, message, details } = error;
  reply.status(error.status).send({ error: details === undefined ? { code, message } : { code, message, details } });
}
