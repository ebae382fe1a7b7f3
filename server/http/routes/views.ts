import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { newView, type SavedView, type ViewList, viewChange } from "@/contracts/views";
import { type By, createView, deleteView, listViews, renameView, type ViewResult } from "@/server/views/saved-views";
import { ApiError } from "../api-error";
import { principalOf, requireAllEnvironments } from "../authenticate";
import { parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

const REFUSALS = {
  name_taken: "Another view has this name.",
  too_many_views: "There are as many views as an installation keeps; delete one first.",
  not_found: "No view has this id.",
} as const;

/** Views name what people look for in any environment: they are for callers who may see all, and changed by people. */
export function addViewRoutes(scope: FastifyInstance, { db, nowMs }: HttpDependencies): void {
  scope.get("/api/v1/views", async (request): Promise<ViewList> => {
    parseQuery(z.object({}), request.query);
    requireAllEnvironments(request);
    return { items: await listViews(db), mayChange: mayChange(request) };
  });

  scope.post("/api/v1/views", async (request, reply): Promise<SavedView> => {
    const by = changer(request);
    const view = taken(await createView(db, parseRequestBody(newView, request.body), by));
    reply.status(201);
    return view;
  });

  scope.patch<{ Params: { id: string } }>("/api/v1/views/:id", async (request): Promise<SavedView> => {
    const by = changer(request);
    const { name } = parseRequestBody(viewChange, request.body);
    return taken(await renameView(db, request.params.id, name, by));
  });

  scope.delete<{ Params: { id: string } }>("/api/v1/views/:id", async (request): Promise<SavedView> => {
    changer(request);
    return taken(await deleteView(db, request.params.id));
  });

  function changer(request: FastifyRequest): By {
    requireAllEnvironments(request);
    if (!mayChange(request)) throw new ApiError("forbidden", "Views are changed by people, or with an admin key.");
    return { name: principalOf(request).name, nowMs: nowMs() };
  }
}

function mayChange(request: FastifyRequest): boolean {
  const { kind, role } = principalOf(request);
  return kind === "session" || role === "admin";
}

function taken(result: ViewResult): SavedView {
  if (result.ok) return result.view;
  throw new ApiError(result.code, REFUSALS[result.code]);
}
