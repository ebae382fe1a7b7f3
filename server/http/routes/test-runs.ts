import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  type TestRunList,
  type TestSuite,
  type TestSuiteList,
  testSuiteChange,
  type UploadedTestRun,
} from "@/contracts/test-runs";
import { defaultEnvironment, maySee } from "@/server/access/principal";
import { readCursor, runPosition } from "@/server/queries/cursor";
import { MAX_JUNIT_BYTES, readJunit } from "@/server/test-runs/read-junit";
import { changeSuite, listRuns, listSuites, storeRun } from "@/server/test-runs/test-runs";
import { ApiError } from "../api-error";
import { principalOf, requestActor, requireRole, visibleEnvironments } from "../authenticate";
import {
  environmentParameter,
  noParameters,
  pageParameters,
  parseCursor,
  parseQuery,
  parseRequestBody,
} from "../query-parameters";
import type { HttpDependencies } from "../types";

const line = z
  .string()
  .trim()
  .max(256)
  .regex(/^\P{C}*$/u, "must be one line of text");
/** Parameters of POST /api/v1/test-runs. */
export const testRunUploadQuery = z.object({
  ...environmentParameter,
  suite: line.optional(),
  commit: line.optional(),
  branch: line.optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  /** What tests talk to whose case and suite do not say it. */
  connections: z.enum(["real", "mock"]).optional(),
});
/** Parameters of GET /api/v1/test-runs. */
export const testRunListQuery = z.object({ ...environmentParameter, ...pageParameters(200, 50), suite: line });
/** Parameters of GET /api/v1/test-suites. */
export const testSuiteListQuery = z.object(environmentParameter);

/** The way in for JUnit XML, for keys that may send. */
export function addTestRunUpload(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, nowMs } = dependencies;
  scope.addHook("onRequest", requireRole(dependencies, "ingest"));
  const options = { parseAs: "string" as const, bodyLimit: MAX_JUNIT_BYTES };
  scope.addContentTypeParser(["application/xml", "text/xml"], options, (_request, body, done) => done(null, body));

  scope.post("/api/v1/test-runs", async (request, reply): Promise<UploadedTestRun> => {
    const {
      environment,
      suite,
      commit,
      branch,
      time,
      connections = null,
    } = parseQuery(testRunUploadQuery, request.query);
    const principal = principalOf(request);
    const within = environment ?? defaultEnvironment(principal);
    if (!maySee(principal, within)) {
      throw new ApiError("environment_not_allowed", "This key does not cover that environment.");
    }
    if (typeof request.body !== "string") {
      throw new ApiError("unsupported_media_type", "JUnit XML is taken as application/xml.");
    }
    const read = await readJunit(request.body, connections);
    if (!read.ok)
      throw new ApiError("bad_request", `body: ${read.message}`, [{ field: "body", message: read.message }]);
    const upload = {
      ...{ environment: within, suite: suite || null, commit: commit || null, branch: branch || null },
      ...{ ranAtMs: time === undefined ? null : Date.parse(time), xml: request.body, by: principal.name },
      connections,
    };
    const { run, duplicate } = await storeRun(db, upload, read.run, nowMs());
    reply.status(duplicate ? 200 : 201);
    return { ...run, duplicate };
  });
}

export function addTestRunReads(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db } = dependencies;
  scope.get("/api/v1/test-runs", async (request): Promise<TestRunList> => {
    const { environment, suite, cursor, limit } = parseQuery(testRunListQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, environment);
    const after = parseCursor(cursor, (text) => readCursor(runPosition, text));
    return listRuns(db, { environments, suite, after, limit });
  });

  scope.get("/api/v1/test-suites", async (request): Promise<TestSuiteList> => {
    const { environment } = parseQuery(testSuiteListQuery, request.query);
    return listSuites(db, await visibleEnvironments(dependencies, request, environment));
  });
}

/** What is expected of a suite is set by admins. */
export function addTestSuiteChanges(scope: FastifyInstance, { db, access, nowMs }: HttpDependencies): void {
  scope.put("/api/v1/test-suites", async (request): Promise<TestSuite> => {
    parseQuery(noParameters, request.query);
    const change = parseRequestBody(testSuiteChange, request.body);
    if (!maySee(principalOf(request), change.environment)) {
      throw new ApiError("environment_not_allowed", "This key does not cover that environment.");
    }
    const actor = requestActor({ access }, request);
    const suite = await changeSuite(db, change, actor.name, nowMs());
    const { environment, name, beforeFix, fixedAt } = change;
    await access.record({
      actor,
      action: "test_suite_changed",
      environment,
      target: name,
      detail: { beforeFix, fixedAt },
    });
    return suite;
  });
}
