import type { FastifyReply, FastifyRequest } from "fastify";
import { type Actor, actorOf } from "@/server/access/audit";
import { maySee, mayUse, type Principal, type Role } from "@/server/access/principal";
import { rateLimitHeaders } from "@/server/access/rate-limits";
import { ApiError } from "./api-error";
import type { HttpDependencies } from "./types";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** Hook that lets nobody by without a session or a key of this role, nor a key that has used up its minute. */
export function requireRole({ access }: Pick<HttpDependencies, "access">, role: Role) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const principal = await access.fromRequest(request.raw);
    if (!principal) throw new ApiError("unauthenticated", "Sign in, or send a key as `Authorization: Bearer`.");
    if (!mayUse(principal, role)) throw new ApiError("forbidden", `This needs a key with the role "${role}".`);
    const allowance = access.take(principal, "requests", 1);
    if (allowance) reply.headers(rateLimitHeaders(allowance));
    if (allowance?.ok === false) throw new ApiError("too_many_requests", "This key has used up its minute.");
    request.principal = principal;
  };
}

/** Who is calling, behind {@link requireRole}. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new ApiError("unauthenticated", "Sign in, or send a key as `Authorization: Bearer`.");
  return request.principal;
}

/** Who is calling and from where, for the audit log. */
export function requestActor({ access }: Pick<HttpDependencies, "access">, request: FastifyRequest): Actor {
  return actorOf(principalOf(request), access.addressOf(request.raw));
}

/** People act under their name, and keys that may change everything under theirs. @param what is changed: "Incidents" */
export function requireChanger(request: FastifyRequest, what: string): { kind: "session" | "key"; name: string } {
  const { kind, role, name } = principalOf(request);
  if (kind === "session" || role === "admin") return { kind, name };
  throw new ApiError("forbidden", `${what} are changed by people, or with an admin key.`);
}

/** Refuses callers who do not cover every environment: people belong to the whole installation. */
export function requireAllEnvironments(request: FastifyRequest): void {
  if (principalOf(request).environments === "all") return;
  throw new ApiError("environment_not_allowed", "This needs a key that covers every environment.");
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
