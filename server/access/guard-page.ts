/** What stands before every page: right host, right origin, a session. Pages get a nonce, static files are open. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccessControl } from "./create-access";
import { COMMON_HEADERS, newNonce, pagePolicy } from "./page-headers";

const STATIC = "/_next/static/";

/**
 * Makes the guard of the pages. It resolves to true when the page may be served; otherwise it has answered.
 * Next reads the nonce from the request's `content-security-policy`; layouts may read it from `x-nonce`.
 */
export function createPageGuard(access: AccessControl, options: { development?: boolean } = {}) {
  return async function guardPage(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = request.url ?? "/";
    if (!access.hostAllowed(request.headers.host)) {
      return refuse(response, 421, "This address is not served here. Open the address in SIGNALBOX_URL.");
    }
    if (!isPlainPath(url)) return refuse(response, 400, "This address is not well-formed.");
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (isRead && url.startsWith(STATIC)) return true;
    if (!isRead && !fromOwnPage(access, request)) {
      return refuse(response, 403, "Requests from other sites are refused.");
    }
    for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
    if ((await access.fromRequest(request))?.kind !== "session") {
      response.writeHead(303, { location: `/sign-in?${new URLSearchParams({ next: url })}` }).end();
      return false;
    }
    const nonce = newNonce();
    const policy = pagePolicy(nonce, options.development);
    request.headers["content-security-policy"] = policy;
    request.headers["x-nonce"] = nonce;
    response.setHeader("content-security-policy", policy);
    return true;
  };
}

/** No path that another reader of it could take for a different one: dot segments, backslashes, empty segments. */
function isPlainPath(url: string): boolean {
  const raw = url.split(/[?#]/, 1)[0] ?? "";
  try {
    const path = decodeURIComponent(raw);
    return path.startsWith("/") && !path.includes("\\") && !path.includes("//") && !/(^|\/)\.\.?(\/|$)/.test(path);
  } catch {
    return false;
  }
}

function fromOwnPage(access: AccessControl, request: IncomingMessage): boolean {
  return access.originAllowed(request.headers.origin, request.headers.host);
}

function refuse(response: ServerResponse, status: number, text: string): false {
  response.writeHead(status, { ...COMMON_HEADERS, "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  return false;
}
