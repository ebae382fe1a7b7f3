import type { FastifyInstance } from "fastify";
import type { AccessControl } from "@/server/access/create-access";
import { COMMON_HEADERS } from "@/server/access/page-headers";
import { ApiError } from "./api-error";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
/** Probes call by address; their answers say nothing but yes or no. */
const PROBES = new Set(["/healthz", "/readyz"]);

/** Headers of every answer, and what is refused before any route looks at a request: foreign hosts, foreign writes. */
export function addSecurity(app: FastifyInstance, access: AccessControl): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(COMMON_HEADERS);
    reply.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    const { host, origin } = request.headers;
    if (!PROBES.has(request.routeOptions.url ?? "") && !access.hostAllowed(host)) {
      throw new ApiError("host_not_allowed", "This host name is not served here; see SIGNALBOX_URL.");
    }
    if (/%00/.test(request.url)) throw new ApiError("bad_request", "An address cannot hold a NUL.");
    if (!SAFE_METHODS.has(request.method) && !access.originAllowed(origin, host)) {
      throw new ApiError("origin_not_allowed", "Writes from other sites are refused.");
    }
  });
}
