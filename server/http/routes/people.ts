import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { accessName, type RemovedPerson, type SessionList, type SessionRow } from "@/contracts/access";
import { listSessions, readSession, revokeSessions } from "@/server/access/sessions";
import { withdrawLinks } from "@/server/access/sign-in-links";
import { createdPosition, readCursor } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { principalOf, requestActor, requireAllEnvironments } from "../authenticate";
import { pageParameters, parseCursor, parseQuery } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/sessions. */
export const sessionListQuery = z.object({
  ...pageParameters(200, 50),
  state: z.enum(["open", "ended"]).optional(),
  person: accessName.optional(),
});

/** People come in by links that the command line makes; here they are seen, and sent away. */
export function addPeopleRoutes(scope: FastifyInstance, { db, access, nowMs }: HttpDependencies): void {
  scope.get("/api/v1/sessions", async (request): Promise<SessionList> => {
    requireAllEnvironments(request);
    const query = parseQuery(sessionListQuery, request.query);
    return listSessions(db, {
      state: query.state ?? null,
      person: query.person ?? null,
      after: parseCursor(query.cursor, (cursor) => readCursor(createdPosition, cursor)),
      limit: query.limit,
      nowMs: nowMs(),
      callerId: principalOf(request).id,
    });
  });

  scope.delete<{ Params: { id: string } }>("/api/v1/sessions/:id", async (request): Promise<SessionRow> => {
    requireAllEnvironments(request);
    const actor = requestActor({ access }, request);
    const session = await readSession(db, request.params.id, actor.id);
    if (!session) throw new ApiError("not_found", "No session has this id.");
    if ((await revokeSessions(db, { id: session.id }, { nowMs: nowMs(), revokedBy: actor.name })) > 0) {
      access.forget();
      const { person, role } = session;
      await access.record({ actor, action: "session_revoked", target: session.id, detail: { person, role } });
    }
    return (await readSession(db, session.id, actor.id)) ?? session;
  });

  scope.delete<{ Params: { person: string } }>("/api/v1/people/:person", async (request): Promise<RemovedPerson> => {
    requireAllEnvironments(request);
    const actor = requestActor({ access }, request);
    const { person } = request.params;
    const sessions = await revokeSessions(db, { person }, { nowMs: nowMs(), revokedBy: actor.name });
    const links = await withdrawLinks(db, person, nowMs());
    if (sessions > 0 || links > 0) {
      access.forget();
      await access.record({ actor, action: "person_removed", target: person, detail: { sessions, links } });
    }
    return { person, sessions, links };
  });
}
