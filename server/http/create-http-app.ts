/** The read API, sign-in, health and metrics as one Fastify instance. Routes are shims; the answers come from queries. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import { COMMON_HEADERS } from "@/server/access/page-headers";
import { type AccessRule, type RouteRule, watchAccessRules } from "./access-rules";
import { toApiError } from "./api-error";
import { requireRole } from "./authenticate";
import { openApiDocument } from "./openapi";
import { noParameters, parseQuery } from "./query-parameters";
import { addAlertRuleChanges, addAlertRuleReads } from "./routes/alert-rules";
import { addAlertRoutes } from "./routes/alerts";
import { addAuditRoutes } from "./routes/audit";
import { addCampaignChanges, addCampaignReads } from "./routes/campaigns";
import { addCanaryRoutes } from "./routes/canaries";
import { addChannelRoutes } from "./routes/channels";
import { addErasureRoutes } from "./routes/erasures";
import { addEventRoutes } from "./routes/events";
import { addHealthRoutes } from "./routes/health";
import { addIncidentExportRoute } from "./routes/incident-export";
import { addIncidentRoutes } from "./routes/incidents";
import { addOneJourneyRoutes } from "./routes/journey";
import { addJourneyRoutes } from "./routes/journeys";
import { addKeyRoutes } from "./routes/keys";
import { addMetricsRoute } from "./routes/metrics";
import { addOverviewRoutes } from "./routes/overview";
import { addPeopleRoutes } from "./routes/people";
import { addRouterRoutes } from "./routes/routers";
import { addScanReads, addScanUpload } from "./routes/scans";
import { addSearchRoute } from "./routes/search";
import { addSettingsChanges, addSettingsReads } from "./routes/settings";
import { addSignInRoutes } from "./routes/sign-in";
import { addSilenceRoutes } from "./routes/silences";
import { addSloChanges, addSloReads } from "./routes/slo";
import { addTestRunReads, addTestRunUpload, addTestSuiteChanges } from "./routes/test-runs";
import { addTimelineRoutes } from "./routes/timeline";
import { addUserRoutes } from "./routes/users";
import { addViewRoutes } from "./routes/views";
import { addSecurity } from "./security";
import type { HttpDependencies } from "./types";
import { watchReads } from "./watch-reads";

declare module "fastify" {
  interface FastifyInstance {
    /** Every route and who may use it. */
    accessRules(): RouteRule[];
  }
}

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
  const rules = watchAccessRules(app);
  app.decorate("accessRules", rules.list);
  app.decorateRequest("principal", null);
  addSecurity(app, dependencies.access);
  app.setErrorHandler(refuse);
  app.setNotFoundHandler((_request, reply) => {
    reply.status(404).send({ error: { code: "not_found", message: "There is nothing at this address." } });
  });
  const within = (rule: AccessRule, add: (scope: FastifyInstance) => void | Promise<void>) =>
    app.register(async (scope) => {
      rules.state(scope, rule);
      if (rule === "read" || rule === "admin") {
        scope.addHook("onRequest", requireRole(dependencies, rule));
        watchReads(scope, dependencies);
      }
      await add(scope);
    });
  await within("open", (scope) => addHealthRoutes(scope, dependencies));
  await within("open", (scope) => addSignInRoutes(scope, dependencies));
  await within("ingest", (scope) => dependencies.registerTelemetry(scope));
  await within("ingest", (scope) => addScanUpload(scope, dependencies));
  await within("ingest", (scope) => addTestRunUpload(scope, dependencies));
  await within("read", (scope) => {
    const document = openApiDocument(dependencies.version);
    scope.get("/api/v1/openapi.json", async (request) => {
      parseQuery(noParameters, request.query);
      return document;
    });
    addOverviewRoutes(scope, dependencies);
    addRouterRoutes(scope, dependencies);
    addJourneyRoutes(scope, dependencies);
    addOneJourneyRoutes(scope, dependencies);
    addUserRoutes(scope, dependencies);
    addTimelineRoutes(scope, dependencies);
    addIncidentRoutes(scope, dependencies);
    addIncidentExportRoute(scope, dependencies);
    addAlertRoutes(scope, dependencies);
    addAlertRuleReads(scope, dependencies);
    addSilenceRoutes(scope, dependencies);
    addSloReads(scope, dependencies);
    addSearchRoute(scope, dependencies);
    addScanReads(scope, dependencies);
    addCampaignReads(scope, dependencies);
    addEventRoutes(scope, dependencies);
    addMetricsRoute(scope, dependencies);
    addSettingsReads(scope, dependencies);
    addViewRoutes(scope, dependencies);
    addTestRunReads(scope, dependencies);
  });
  await within("admin", (scope) => {
    addKeyRoutes(scope, dependencies);
    addCanaryRoutes(scope, dependencies);
    addCampaignChanges(scope, dependencies);
    addChannelRoutes(scope, dependencies);
    addPeopleRoutes(scope, dependencies);
    addAuditRoutes(scope, dependencies);
    addAlertRuleChanges(scope, dependencies);
    addSloChanges(scope, dependencies);
    addSettingsChanges(scope, dependencies);
    addErasureRoutes(scope, dependencies);
    addTestSuiteChanges(scope, dependencies);
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
