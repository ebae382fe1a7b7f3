/** Socket.IO namespace /telemetry: what cannot be subscribed to pushes its telemetry, and hears after the commit. */
import type { Server, Socket } from "socket.io";
import { z } from "zod";
import { PUSH_NAMESPACE, pushBatch } from "@/contracts/source";
import { parseTime } from "@/domain/telemetry/parse-time";
import { type Access, defaultEnvironment, mayUse, type Principal } from "@/server/access/principal";
import { describeFailure } from "@/server/sources/describe-failure";
import type { Ingest } from "./types";

const RECHECK_MS = 2_000;
const auth = z.object({ key: z.string() });

interface PushDeps {
  ingest: Ingest;
  access: Access;
  log: { error(fields: object, message: string): void };
  nowMs?: () => number;
}

/** Serves the namespace on `io`. Handshakes without an ingest key, or from a foreign page, are refused. */
export function attachPush(io: Server, { ingest, access, log, nowMs = Date.now }: PushDeps): void {
  const namespace = io.of(PUSH_NAMESPACE);

  namespace.use(async (socket, next) => {
    try {
      if (!access.originAllowed(socket.handshake.headers.origin)) return next(refusal("origin_not_allowed"));
      const principal = await principalOf(socket, access);
      if (!principal) return next(refusal("unauthorized"));
      if (!mayUse(principal, "ingest")) return next(refusal("forbidden"));
      next();
    } catch (error) {
      log.error(traceOf(error), "a push handshake failed");
      next(refusal("unavailable"));
    }
  });

  namespace.on("connection", (socket) => {
    const timer = setInterval(() => void dropIfRevoked(socket, access, log), RECHECK_MS);
    socket.on("disconnect", () => clearInterval(timer));
    socket.on("telemetry", async (batch: unknown, acknowledge: unknown) => {
      const answer = await takePushed(socket, batch, { ingest, access, log, nowMs });
      if (typeof acknowledge === "function") acknowledge(answer);
    });
  });
}

async function takePushed(socket: Socket, batch: unknown, { ingest, access, log, nowMs = Date.now }: PushDeps) {
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
  } catch (error) {
    log.error(traceOf(error), "a pushed batch could not be taken");
    return failure("internal", "the batch could not be taken");
  }
}

async function dropIfRevoked(socket: Socket, access: Access, log: PushDeps["log"]): Promise<void> {
  try {
    if ((await principalOf(socket, access)) === null) socket.disconnect(true);
  } catch (error) {
    log.error(traceOf(error), "a push key could not be checked again");
  }
}

async function principalOf(socket: Socket, access: Access): Promise<Principal | null> {
  const parsed = auth.safeParse(socket.handshake.auth);
  return parsed.success ? access.fromKey(parsed.data.key) : null;
}

/** What failed and where, without the message: it may quote what was pushed. */
function traceOf(error: unknown): { failure: string; at: string[] } {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.split("\n").filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return { failure: describeFailure(error), at: at.slice(0, 8).map((line) => line.trim()) };
}

function failure(code: string, message: string) {
  return { error: { code, message } };
}

/** What a refused client gets as `connect_error`: the code as message, and in `data`. */
function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } });
}
