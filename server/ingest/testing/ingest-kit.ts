/** A real ingest on a real database, behind real HTTP and Socket.IO on a free port, for tests. */
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { Server } from "socket.io";
import { vi } from "vitest";
import type { Access, Principal } from "@/server/access/principal";
import { createPushedSources } from "@/server/sources/pushed-sources";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { type ByteBudget, createByteBudget } from "../byte-budget";
import { createIngest, type IngestDeps, type IngestService } from "../create-ingest";
import { loadInstallationSecret } from "../installation-secret";
import { attachPush } from "../push";
import { MAX_BODY_BYTES } from "../read-body";
import { registerTelemetryRoutes } from "../telemetry-routes";

const key = (id: string, role: Principal["role"], environments: Principal["environments"]): Principal => ({
  kind: "key",
  id,
  name: id,
  role,
  environments,
});

/** Keys by secret: one that may ingest into two environments, one that may only read, one for everything. */
export const KEYS: Readonly<Record<string, Principal>> = {
  "ingest-key": key("k-ingest", "ingest", ["production", "staging"]),
  "read-key": key("k-read", "read", ["production"]),
  "admin-key": key("k-admin", "admin", "all"),
};

export function testAccess(keys: Record<string, Principal> = { ...KEYS }): Access {
  return {
    fromRequest: async ({ headers }) => keys[(headers.authorization ?? "").replace(/^Bearer /, "")] ?? null,
    fromKey: async (secret) => keys[secret] ?? null,
    originAllowed: (origin) => origin === undefined || origin === "https://signalbox.test",
    take: () => null,
  };
}

const NO_NAMES: readonly string[] = [];

export interface IngestKit {
  db: TestDatabase;
  ingest: IngestService;
  budget: ByteBudget;
  url: string;
  /** Everything that the server logged. */
  logs: string[];
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

type KitOptions = Partial<IngestDeps> & { access?: Access; maxBytes?: number };

export async function startIngestKit({ maxBytes, ...options }: KitOptions = {}): Promise<IngestKit> {
  const db = await createTestDatabase();
  const logs: string[] = [];
  const ingest = createIngest({
    db,
    secret: await loadInstallationSecret(db),
    typeAliases: () => ({}),
    retentionMs: () => 14 * 86_400_000,
    allowedFields: () => NO_NAMES,
    storageFull: () => false,
    onCommit: () => undefined,
    onError: (error) => logs.push(String(error)),
    ...options,
  });
  const budget = createByteBudget(maxBytes ?? 2 * MAX_BODY_BYTES);
  const access = options.access ?? testAccess();
  const fastify: FastifyInstance = Fastify({
    logger: { level: "trace", stream: { write: (line) => logs.push(line) } },
  });
  registerTelemetryRoutes(fastify, { ingest, access, budget });
  const io = new Server(fastify.server, { maxHttpBufferSize: MAX_BODY_BYTES });
  const sources = createPushedSources({
    db,
    nowMs: Date.now,
    onChange: () => undefined,
    warn: (message) => logs.push(message),
  });
  attachPush(io, { ingest, access, sources, budget, log: fastify.log });
  await fastify.listen({ port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}`;

  const post = async (body: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${url}/api/v1/telemetry`, {
      method: "POST",
      headers: { authorization: "Bearer ingest-key", "content-type": "application/json", ...headers },
      body: body instanceof Uint8Array ? new Uint8Array(body) : typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const close = async () => {
    await io.close();
    await sources.stop();
    await fastify.close();
    await db.drop();
  };
  return { db, ingest, budget, url, logs, post, close };
}

/** Waits for what must become true, also on a busy machine. */
export const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 25 });

let counter = 0;

/** One good event, with an id of its own; `fields` win. */
export function wireEvent(fields: Record<string, unknown> = {}): Record<string, unknown> {
  counter++;
  return {
    id: `e${counter}`,
    time: Date.now(),
    stage: "emitted",
    type: "agent_started",
    runId: "r1",
    messageId: `m${counter}`,
    ...fields,
  };
}
