import type { FastifyRequest } from "fastify";
import { maySee, mayUse, type Principal, type Role } from "@/server/access/principal";
import { ApiError } from "./api-error";
import type { HttpDependencies } from "./types";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** Hook that lets nobody by without a session or a key of this role. */
export function requireRole({ access }: Pick<HttpDependencies, "access">, role: Role) {
  return async (request: FastifyRequest): Promise<void> => {
    const principal = await access.fromRequest(request.raw);
    if (!principal) throw new ApiError("unauthenticated", "Sign in, or send a key as `Authorization: Bearer`.");
    if (!mayUse(principal, role)) throw new ApiError("forbidden", `This needs a key with the role "${role}".`);
    request.principal = principal;
  };
}

/** Who is calling, behind {@link requireRole}. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new ApiError("unauthenticated", "Sign in, or send a key as `Authorization: Bearer`.");
  return request.principal;
}

/** The environments that a read covers: the one asked for, else all that the caller may see. */
export async function visibleEnvironments(
  { queries }: Pick<HttpDependencies, "queries">,
  request: FastifyRequest,
  asked: string | undefined,
): Promise<string[]> {
  const principal = principalOf(request);
  if (asked !== undefined) {
    if (maySee(principal, asked)) return [asked];
    throw new ApiError("environment_not_allowed", "This key does not cover that environment.");
  }
  return principal.environments === "all" ? queries.environments() : [...principal.environments];
}
