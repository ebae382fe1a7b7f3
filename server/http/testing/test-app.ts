/** The real app on a real database and a real port, for tests. */
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { type AccessControl, createAccess } from "@/server/access/create-access";
import { createKey } from "@/server/access/keys";
import type { Role } from "@/server/access/principal";
import { createQueries, type Queries } from "@/server/queries/create-queries";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { createHttpApp } from "../create-http-app";
import { NOW_MS } from "./seed";

export const ADMIN_KEY = "test-admin-key-of-enough-length";

export interface TestApp {
  db: TestDatabase;
  app: FastifyInstance;
  access: AccessControl;
  queries: Queries;
  url: string;
  /** The app's clock; tests move it. */
  clock: { nowMs: number };
  judged: { upTo: string; backlog: number; setAside: number };
  /** GET with a key (the preset admin key by default), parsed. */
  get<T = Record<string, unknown>>(path: string, key?: string | null): Promise<{ status: number; body: T }>;
  makeKey(role: Role, environments: string[]): Promise<string>;
  /** Cookie of a fresh session. */
  signIn(person?: string): Promise<string>;
  close(): Promise<void>;
}

export async function createTestApp(): Promise<TestApp> {
  const db = await createTestDatabase();
  const clock = { nowMs: NOW_MS };
  const nowMs = () => clock.nowMs;
  const judged = { upTo: new Date(NOW_MS).toISOString(), backlog: 0, setAside: 0 };
  const address = { url: "http://127.0.0.1:0" };
  const access = createAccess({ db, adminKey: ADMIN_KEY, publicUrl: () => address.url, nowMs });
  const queries = createQueries({ db, judge: { state: async () => ({ ...judged }) }, nowMs });
  const app = await createHttpApp({
    db,
    access,
    queries,
    nowMs,
    log: pino({ level: "silent" }),
    version: "0.0.0-test",
    registerTelemetry: () => undefined,
    ready: () => true,
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  address.url = url;
  return {
    db,
    app,
    access,
    queries,
    url,
    clock,
    judged,
    async get<T>(path: string, key: string | null = ADMIN_KEY) {
      const response = await fetch(`${url}${path}`, {
        headers: key === null ? {} : { authorization: `Bearer ${key}` },
      });
      return { status: response.status, body: (await response.json()) as T };
    },
    makeKey: async (role, environments) =>
      (await createKey(db, { name: `${role} key`, role, environments }, clock.nowMs)).secret,
    async signIn(person = "Ada") {
      const token = new URL(await access.createSignInLink(person)).searchParams.get("token") ?? "";
      return (await access.signIn(token))?.split(";")[0] ?? "";
    },
    async close() {
      await app.close();
      await db.drop();
    },
  };
}
