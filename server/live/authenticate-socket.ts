import { z } from "zod";
import type { AccessControl } from "@/server/access/create-access";
import { mayUse, type Principal } from "@/server/access/principal";
import type { LiveSocket } from "./types";

const keyAuth = z.object({ key: z.string().min(1).max(512) });

/** Who stands behind a handshake: `auth.key`, else the session cookie. A code where nobody may come in. */
export async function authenticateSocket(
  access: AccessControl,
  socket: LiveSocket,
): Promise<{ ok: true; principal: Principal } | { ok: false; code: string }> {
  const { origin, host } = socket.handshake.headers;
  if (!access.hostAllowed(host)) return { ok: false, code: "host_not_allowed" };
  if (!access.originAllowed(origin, host)) return { ok: false, code: "origin_not_allowed" };
  const auth = keyAuth.safeParse(socket.handshake.auth);
  const principal = auth.success ? await access.fromKey(auth.data.key) : await access.fromRequest(socket.request);
  if (!principal) return { ok: false, code: "unauthenticated" };
  if (!mayUse(principal, "read")) return { ok: false, code: "forbidden" };
  if (access.take(principal, "requests", 1)?.ok === false) return { ok: false, code: "too_many_requests" };
  return { ok: true, principal };
}
