import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newSilence, type SilenceRow } from "@/contracts/silences";
import { MAX_SILENCE_MS } from "@/domain/alerts/silence";
import { silenceView } from "@/server/queries/alerts/silences";
import { endedPosition, readCursor } from "@/server/queries/cursor";
import { expireSilence, insertSilence, readSilence } from "@/server/storage/alerts/silences";
import { ApiError } from "../api-error";
import { requestActor, requireChanger, visibleEnvironments } from "../authenticate";
import { environmentParameter, pageParameters, parseCursor, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/silences. */
export const silenceListQuery = z.object({
  ...environmentParameter,
  ...pageParameters(200, 50),
  state: z.enum(["standing", "ended"]).optional(),
});
/** Parameters of POST /api/v1/silences. */
export const newSilenceQuery = z.object({ environment: environmentParameter.environment.unwrap() });
/** Parameters of DELETE /api/v1/silences/:id. */
export const silenceQuery = z.object(environmentParameter);

/** Whoever is woken may silence: every person, and admin keys. */
export function addSilenceRoutes(scope: FastifyInstance, dependencies: HttpDependencies): void {
  const { db, access, queries, nowMs, onAlertingChanged } = dependencies;

  scope.get("/api/v1/silences", async (request) => {
    const query = parseQuery(silenceListQuery, request.query);
    return queries.silences({
      environments: await visibleEnvironments(dependencies, request, query.environment),
      state: query.state ?? null,
      after: parseCursor(query.cursor, (cursor) => readCursor(endedPosition, cursor)),
      limit: query.limit,
    });
  });

  scope.post("/api/v1/silences", async (request, reply): Promise<SilenceRow> => {
    const { environment } = parseQuery(newSilenceQuery, request.query);
    await visibleEnvironments(dependencies, request, environment);
    const { name } = requireChanger(request, "Silences");
    const { matchers, comment, startsAt, endsAt } = parseRequestBody(newSilence, request.body);
    const createdAtMs = nowMs();
    const startsAtMs = Math.max(createdAtMs, startsAt === undefined ? createdAtMs : Date.parse(startsAt));
    const endsAtMs = Date.parse(endsAt);
    if (endsAtMs <= startsAtMs) throw wrongEnd("must lie after the start, and ahead");
    if (endsAtMs - startsAtMs > MAX_SILENCE_MS) throw wrongEnd("must be at most 90 days after the start");
    const times = { startsAtMs, endsAtMs, createdAtMs };
    const silence = await insertSilence(db.pool, { environment, matchers, comment, ...times, createdBy: name });
    const row = silenceView(silence, nowMs());
    const actor = requestActor(dependencies, request);
    const detail = { startsAt: row.startsAt, endsAt: row.endsAt };
    await access.record({ actor, action: "silence_created", environment, target: row.id, detail });
    onAlertingChanged(environment);
    reply.status(201);
    return row;
  });

  scope.delete<{ Params: { id: string } }>("/api/v1/silences/:id", async (request): Promise<SilenceRow> => {
    const query = parseQuery(silenceQuery, request.query);
    const environments = await visibleEnvironments(dependencies, request, query.environment);
    const { name } = requireChanger(request, "Silences");
    const { id } = request.params;
    const ended = await expireSilence(db.pool, { id, environments, expiredBy: name, nowMs: nowMs() });
    if (ended) {
      const { environment } = ended;
      const actor = requestActor(dependencies, request);
      await access.record({ actor, action: "silence_ended", environment, target: id });
      onAlertingChanged(environment);
    }
    // One that had ended already is what was wished.
    const silence = ended ?? (await readSilence(db.pool, id, environments));
    if (!silence) throw new ApiError("not_found", "No silence has this id.");
    return silenceView(silence, nowMs());
  });
}

function wrongEnd(message: string): ApiError {
  return new ApiError("bad_request", `endsAt: ${message}`, [{ field: "endsAt", message }]);
}
