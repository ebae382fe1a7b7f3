/** What holds for reads of every route: who reads about a user is written down, and a stream ends with its right. */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { principalOf, requestActor } from "./authenticate";
import type { HttpDependencies } from "./types";

/** Everything below this address tells what one user did. */
const ABOUT_A_USER = "/api/v1/users/:id";
const EXPORT = "/api/v1/events";
const CHECK_MS = 2_000;

/** Watches the routes of `scope`. The entry is written before the first byte of the answer leaves. */
export function watchReads(scope: FastifyInstance, dependencies: HttpDependencies): void {
  scope.addHook("onSend", async (request, reply, payload) => {
    if (reply.statusCode >= 300) return;
    await recordRead(dependencies, request, reply);
    if (payload instanceof Readable) endWithItsRight(dependencies, request, payload);
  });
}

async function recordRead(dependencies: HttpDependencies, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const url = request.routeOptions.url ?? "";
  const aboutUser = url === ABOUT_A_USER || url.startsWith(`${ABOUT_A_USER}/`);
  if (!aboutUser && url !== EXPORT) return;
  const asked = textParameters(request.query);
  const { environment = onlyEnvironment(request), ...detail } = asked;
  const isJson = String(reply.getHeader("content-type") ?? "").startsWith("application/json");
  const target = aboutUser ? textParameters(request.params).id : asked.user;
  const entry = { actor: requestActor(dependencies, request), environment, target: target ?? null };
  if (aboutUser && isJson) {
    // Pages of one timeline differ in what they ask for; they are one reading.
    await dependencies.access.record({ ...entry, action: "timeline_read", repeats: true });
  } else {
    await dependencies.access.record({ ...entry, action: "events_exported", detail });
  }
}

/** A caller who is sent away while a stream flows gets a broken stream, not one that looks whole. */
function endWithItsRight({ access, log }: HttpDependencies, request: FastifyRequest, stream: Readable): void {
  const principal = principalOf(request);
  const check = async () => {
    if (!(await access.stillHolds(principal))) stream.destroy(new Error("the key or session was revoked"));
  };
  const timer = setInterval(() => {
    check().catch((error: unknown) => log.warn({ err: error }, "the right to a stream could not be checked"));
  }, CHECK_MS);
  stream.once("close", () => clearInterval(timer));
}

function onlyEnvironment(request: FastifyRequest): string | null {
  const { environments } = principalOf(request);
  return environments !== "all" && environments.length === 1 ? (environments[0] ?? null) : null;
}

function textParameters(values: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
