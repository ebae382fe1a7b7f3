/** Socket.IO namespace /telemetry: what cannot be subscribed to pushes its telemetry, and hears after the commit. */
import type { Server, Socket } from "socket.io";
import { PUSH_NAMESPACE, type PushAuth, type PushRefusal, pushAuth, pushBatch, pushGap } from "@/contracts/source";
import { parseTime } from "@/domain/telemetry/parse-time";
import { isCleanName } from "@/domain/telemetry/text";
import { type Access, defaultEnvironment, maySee, mayUse, type Principal } from "@/server/access/principal";
import { type Allowance, usedUp } from "@/server/access/rate-limits";
import { describeFailure } from "@/server/sources/describe-failure";
import { type PushedSource, type PushedSources, pushedSource } from "@/server/sources/pushed-sources";
import type { ByteBudget } from "./byte-budget";
import { jsonBytes } from "./json-bytes";
import { MAX_BODY_BYTES, tooMuchAtOnce } from "./read-body";
import type { Ingest } from "./types";

const RECHECK_MS = 2_000;

export interface PushDeps {
  ingest: Ingest;
  access: Access;
  sources: PushedSources;
  budget: ByteBudget;
  log: { error(fields: object, message: string): void };
  nowMs?: () => number;
}

/** Serves the namespace on `io`. Handshakes without an ingest key, or from a foreign page, are refused. */
export function attachPush(io: Server, deps: PushDeps): void {
  const { access, sources, log, nowMs = Date.now } = deps;
  const namespace = io.of(PUSH_NAMESPACE);
  const sourceOf = new WeakMap<Socket, PushedSource>();

  namespace.use(async (socket, next) => {
    try {
      if (!access.originAllowed(socket.handshake.headers.origin)) return next(refusal("origin_not_allowed"));
      const principal = await principalOf(socket, access);
      if (!principal) return next(refusal("unauthorized"));
      if (!mayUse(principal, "ingest")) return next(refusal("forbidden"));
      if (access.take(principal, "requests", 1)?.ok === false) return next(refusal("too_many_requests"));
      const source = introduced(socket, principal);
      if (source) {
        await sources.register(source);
        sourceOf.set(socket, source);
      }
      next();
    } catch (error) {
      log.error(traceOf(error), "a push handshake failed");
      next(refusal("unavailable"));
    }
  });

  namespace.on("connection", (socket) => {
    const source = sourceOf.get(socket) ?? null;
    const timer = setInterval(() => void dropIfRevoked(socket, access, log), RECHECK_MS);
    if (source) sources.opened(source);
    socket.on("disconnect", () => {
      clearInterval(timer);
      if (source) sources.closed(source);
    });
    const serve = async (body: unknown, acknowledge: unknown, take: (principal: Principal) => Promise<object>) => {
      const reservation = deps.budget.open();
      const fits = reservation.grow(jsonBytes(body, MAX_BODY_BYTES));
      const answer = fits ? await answerOf(socket, deps, take) : tooMuchInFlight();
      reservation.release();
      if (typeof acknowledge === "function") acknowledge(answer);
    };
    // What comes behind a gap waits for it: a gap begins where something was last heard.
    let gap: Promise<void> = Promise.resolve();
    socket.on("gap", (body: unknown, acknowledge: unknown) => {
      gap = serve(body, acknowledge, () => takeGap(body, source, deps));
    });
    socket.on("telemetry", (body: unknown, acknowledge: unknown) => {
      const receivedAtMs = nowMs();
      const before = gap;
      void serve(body, acknowledge, async (principal) => {
        await before;
        return takeBatch(body, { principal, source, receivedAtMs }, deps);
      });
    });
  });
}

/** What `take` answers, for a key that still holds. Never throws. */
async function answerOf(
  socket: Socket,
  { access, log }: PushDeps,
  take: (principal: Principal) => Promise<object>,
): Promise<object> {
  try {
    const principal = await principalOf(socket, access);
    if (!principal || !mayUse(principal, "ingest")) return failure("unauthorized", "this key is not valid any more");
    const request = access.take(principal, "requests", 1);
    return request?.ok === false ? tooMuch(request) : await take(principal);
  } catch (error) {
    log.error(traceOf(error), "what was pushed could not be taken");
    return failure("internal", "what was pushed could not be taken");
  }
}

interface BatchSender {
  principal: Principal;
  source: PushedSource | null;
  receivedAtMs: number;
}

async function takeBatch(
  body: unknown,
  { principal, source, receivedAtMs }: BatchSender,
  { ingest, access }: PushDeps,
): Promise<object> {
  const parsed = pushBatch.safeParse(body);
  if (!parsed.success) return failure("invalid_body", "a batch is { sentAt?, events: [...] }");
  const spent = access.take(principal, "events", parsed.data.events.length);
  if (spent?.ok === false) return tooMuch(spent);
  const result = await ingest.ingest(parsed.data.events, {
    environments: principal.environments,
    defaultEnvironment: defaultEnvironment(principal),
    sentAtMs: parseTime(parsed.data.sentAt),
    receivedAtMs,
    sender: principal.id,
    source: source && { id: source.id, cursor: null },
  });
  return result.ok ? result.answer : { error: result.refusal };
}

async function takeGap(body: unknown, source: PushedSource | null, { sources }: PushDeps): Promise<object> {
  const parsed = pushGap.safeParse(body);
  if (!parsed.success || !isCleanName(parsed.data.epoch) || parsed.data.to <= parsed.data.from) {
    return failure("invalid_body", "a gap is { epoch, from, to, sinceMs }");
  }
  if (!source) return failure("no_service", "a gap needs a service: connect with auth { key, service }");
  await sources.saveGap(source, parsed.data);
  return { stored: true };
}

async function dropIfRevoked(socket: Socket, access: Access, log: PushDeps["log"]): Promise<void> {
  try {
    if ((await principalOf(socket, access)) === null) socket.disconnect(true);
  } catch (error) {
    log.error(traceOf(error), "a push key could not be checked again");
  }
}

async function principalOf(socket: Socket, access: Access): Promise<Principal | null> {
  const parsed = pushAuth.safeParse(socket.handshake.auth);
  return parsed.success ? access.fromKey(parsed.data.key) : null;
}

/** The source that the client says it is, in an environment that its key may use. */
function introduced(socket: Socket, principal: Principal): PushedSource | null {
  const auth: PushAuth = pushAuth.parse(socket.handshake.auth);
  if (!isCleanName(`${auth.service ?? ""}${auth.environment ?? ""}`)) return null;
  const named = auth.environment !== undefined && maySee(principal, auth.environment) ? auth.environment : null;
  return pushedSource(auth, named ?? defaultEnvironment(principal));
}

/** What failed and where, without the message: it may quote what was pushed. */
function traceOf(error: unknown): { failure: string; at: string[] } {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.split("\n").filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return { failure: describeFailure(error), at: at.slice(0, 8).map((line) => line.trim()) };
}

/** The socket's twins of 429. */
function tooMuchInFlight(): PushRefusal {
  const { code, message, retryAfterMs } = tooMuchAtOnce();
  return { error: { code, message, retryAfterMs } };
}

function failure(code: string, message: string): PushRefusal {
  return { error: { code, message } };
}

function tooMuch(allowance: Allowance): PushRefusal {
  return { error: { code: "too_many_requests", message: usedUp(allowance), retryAfterMs: allowance.resetMs } };
}

/** What a refused client gets as `connect_error`: the code as message, and in `data`. */
function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } });
}
