import type { FastifyInstance } from "fastify";
import type { HttpDependencies } from "../types";

/** Judging further behind than this is an outage: what the pages show is old. */
const MAX_LAG_MS = 30_000;

/** Open to anybody, and bare: they say whether, never what. */
export function addHealthRoutes(scope: FastifyInstance, { ready, queries, nowMs, log }: HttpDependencies): void {
  scope.get("/healthz", async (_request, reply) => reply.type("text/plain").send("ok\n"));
  scope.get("/readyz", async (_request, reply) => {
    const fine = ready() && (await isCurrent());
    return reply
      .status(fine ? 200 : 503)
      .type("text/plain")
      .send(fine ? "ready\n" : "not ready\n");
  });

  async function isCurrent(): Promise<boolean> {
    try {
      const judged = await queries.judged();
      return judged.backlog === 0 || nowMs() - Date.parse(judged.upTo) <= MAX_LAG_MS;
    } catch (error) {
      log.warn({ err: error }, "readiness could not be told");
      return false;
    }
  }
}
