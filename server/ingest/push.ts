/** Socket.IO namespace /telemetry: what cannot be subscribed to pushes its telemetry, and hears after the commit. */
import type { Server, Socket } from "socket.io";
import { z } from "zod";
import { PUSH_NAMESPACE, pushBatch } from "@/contracts/source";
import { parseTime } from "@/domain/telemetry/parse-time";
import { type Access, defaultEnvironment, mayUse, type Principal } from "@/server/access/principal";
import type { Ingest } from "./types";

const RECHECK_MS = 2_000;
const auth = z.object({ key: z.string() });

interface PushDeps {
  ingest: Ingest;
  access: Access;
  nowMs?: () => number;
}

/** Serves the namespace on `io`. Handshakes without an ingest key, or from a foreign page, are refused. */
export function attachPush(io: Server, { ingest, access, nowMs = Date.now }: PushDeps): void {
  const namespace = io.of(PUSH_NAMESPACE);

  namespace.use(async (socket, next) => {
    try {
      if (!access.originAllowed(socket.handshake.headers.origin)) return next(refusal("origin_not_allowed"));
      const principal = await principalOf(socket, access);
      if (!principal) return next(refusal("unauthorized"));
      if (!mayUse(principal, "ingest")) return next(refusal("forbidden"));
      next();
    } catch {
      next(refusal("unavailable"));
    }
  });

  namespace.on("connection", (socket) => {
    const timer = setInterval(() => void dropIfRevoked(socket, access), RECHECK_MS);
    socket.on("disconnect", () => clearInterval(timer));
    socket.on("telemetry", async (batch: unknown, acknowledge: unknown) => {
      const answer = await takePushed(socket, batch, { ingest, access, nowMs });
      if (typeof acknowledge === "function") acknowledge(answer);
    });
  });
}

async function takePushed(socket: Socket, batch: unknown, { ingest, access, nowMs = Date.now }: PushDeps) {
  const receivedAtMs = nowMs();
  try {
    const principal = await principalOf(socket, access);
    if (!principal || !mayUse(principal, "ingest")) return failure("unauthorized", "this key is not valid any more");
    const parsed = pushBatch.safeParse(batch);
    if (!parsed.success) return failure("invalid_body", "a batch is { sentAt?, events: [...] }");
    const result = await ingest.ingest(parsed.data.events, {
      environments: principal.environments,
      defaultEnvironment: defaultEnvironment(principal),
      sentAtMs: parseTime(parsed.data.sentAt),
      receivedAtMs,
      sender: principal.id,
      source: null,
    });
    return result.ok ? result.answer : { error: result.refusal };
  } catch {
    return failure("internal", "the batch could not be taken");
  }
}

async function dropIfRevoked(socket: Socket, access: Access): Promise<void> {
  const principal = await principalOf(socket, access).catch(() => "unknown" as const);
  if (principal === null) socket.disconnect(true);
}

async function principalOf(socket: Socket, access: Access): Promise<Principal | null> {
  const parsed = auth.safeParse(socket.handshake.auth);
  return parsed.success ? access.fromKey(parsed.data.key) : null;
}

function failure(code: string, message: string) {
  return { error: { code, message } };
}

/** What a refused client gets as `connect_error`: the code as message, and in `data`. */
function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } });
}
