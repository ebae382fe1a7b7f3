import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ALL_ENVIRONMENTS, type CreatedKey, type KeyList, type KeyRow, newKey } from "@/contracts/access";
import { aboutKey } from "@/server/access/audit";
import { createKey, listKeys, readKey, revokeKey } from "@/server/access/keys";
import type { Principal } from "@/server/access/principal";
import { createdPosition, readCursor } from "@/server/queries/cursor";
import { ApiError } from "../api-error";
import { principalOf, requestActor } from "../authenticate";
import { pageParameters, parseCursor, parseQuery, parseRequestBody } from "../query-parameters";
import type { HttpDependencies } from "../types";

/** Parameters of GET /api/v1/keys. */
export const keyListQuery = z.object({ ...pageParameters(200, 50), state: z.enum(["active", "revoked"]).optional() });

/** Keys are managed by admins; one that covers some environments manages the keys that cover no others. */
export function addKeyRoutes(scope: FastifyInstance, { db, access, nowMs }: HttpDependencies): void {
  scope.get("/api/v1/keys", async (request): Promise<KeyList> => {
    const query = parseQuery(keyListQuery, request.query);
    const page = await listKeys(db, {
      within: principalOf(request).environments,
      state: query.state ?? null,
      after: parseCursor(query.cursor, (cursor) => readCursor(createdPosition, cursor)),
      limit: query.limit,
    });
    return { ...page, presetAdminKey: access.hasPresetKey };
  });

  scope.post("/api/v1/keys", async (request, reply): Promise<CreatedKey> => {
    const wanted = parseRequestBody(newKey, request.body);
    if (!covers(principalOf(request), wanted.environments)) throw notCovered();
    const actor = requestActor({ access }, request);
    const { row, secret } = await createKey(db, { ...wanted, createdBy: actor.name }, nowMs());
    await access.record({ actor, action: "key_created", ...aboutKey(row) });
    reply.status(201);
    return { ...row, secret };
  });

  scope.delete<{ Params: { id: string } }>("/api/v1/keys/:id", async (request): Promise<KeyRow> => {
    const key = await readKey(db, request.params.id);
    if (!key || !covers(principalOf(request), key.environments)) {
      throw new ApiError("not_found", "No key has this id.");
    }
    const actor = requestActor({ access }, request);
    if (await revokeKey(db, key.id, { nowMs: nowMs(), revokedBy: actor.name })) {
      access.forget();
      await access.record({ actor, action: "key_revoked", ...aboutKey(key) });
    }
    return (await readKey(db, key.id)) ?? key;
  });
}

function covers({ environments }: Principal, named: readonly string[]): boolean {
  return environments === "all" || named.every((name) => name !== ALL_ENVIRONMENTS && environments.includes(name));
}

function notCovered(): ApiError {
  return new ApiError("environment_not_allowed", "A key can make keys for its own environments only.");
}
