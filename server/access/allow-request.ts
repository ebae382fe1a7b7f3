import type { IncomingMessage } from "node:http";
import type { AccessControl } from "./create-access";

/** `allowRequest` of the Socket.IO server: a handshake from a foreign page or for a foreign host never begins. */
export function createAllowRequest(access: AccessControl) {
  return (request: IncomingMessage, decide: (message: string | null | undefined, success: boolean) => void): void => {
    const { host, origin } = request.headers;
    if (!access.hostAllowed(host)) decide("host_not_allowed", false);
    else if (!access.originAllowed(origin, host)) decide("origin_not_allowed", false);
    else decide(null, true);
  };
}
