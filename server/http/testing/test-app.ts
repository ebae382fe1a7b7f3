/** The real app on a real database and a real port, for tests. */
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { expect } from "vitest";
import type { PersonRole } from "@/contracts/access";
import { type AccessControl, createAccess } from "@/server/access/create-access";
import { createKey } from "@/server/access/keys";
import type { Role } from "@/server/access/principal";
import { createSeal } from "@/server/alerts/channels/sealed-target";
import { createErasures } from "@/server/erasure/create-erasures";
import { type ErasedUsers, startErasedUsers } from "@/server/erasure/erased-users";
import { loadInstallationSecret } from "@/server/ingest/installation-secret";
import { createQueries, type Queries } from "@/server/queries/create-queries";
import type { Settings, SettingsConfig } from "@/server/settings/create-settings";
import { testSettings } from "@/server/settings/testing/settings-kit";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { createHttpApp } from "../create-http-app";
import { NOW_MS } from "./seed";

export const ADMIN_KEY = "test-admin-key-of-enough-length";

export interface TestApp {
  db: TestDatabase;
  app: FastifyInstance;
  access: AccessControl;
  erased: ErasedUsers;
  queries: Queries;
  /** As ingest and retention see them. */
  settings: Settings;
  url: string;
  /** The app's clock; tests move it. */
  clock: { nowMs: number };
  /** Everything that was logged. */
  logs: string[];
  /** Environments whose incidents, or whose alerting, were said to have changed. */
  told: string[];
  judged: { upTo: string; backlog: number; setAside: number };
  /** GET with a key (the preset admin key by default), parsed. */
  get<T = Record<string, unknown>>(path: string, key?: string | null): Promise<{ status: number; body: T }>;
  /** With the preset admin key, unless `headers` sign in otherwise; the answer is parsed. */
  send(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  makeKey(role: Role, environments: string[]): Promise<string>;
  /** Cookie of a fresh session. */
  signIn(person?: string, role?: PersonRole): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param config what variables of the environment would set
 * @param registerTelemetry adds the ways in for telemetry, where a test is about them
 */
export async function createTestApp(
  config: Partial<SettingsConfig> = {},
  registerTelemetry: (scope: FastifyInstance, access: AccessControl) => void = () => undefined,
): Promise<TestApp> {
  const db = await createTestDatabase();
  const clock = { nowMs: NOW_MS };
  const nowMs = () => clock.nowMs;
  const judged = { upTo: new Date(NOW_MS).toISOString(), backlog: 0, setAside: 0 };
  const logs: string[] = [];
  const told: string[] = [];
  const address = { url: "http://127.0.0.1:0" };
  const onError = (error: unknown) => expect.unreachable(String(error));
  const erased = await startErasedUsers({ db, secret: await loadInstallationSecret(db), onError });
  const erasures = createErasures({
    ...{ db, erased, nowMs, onError, settleMs: 0 },
    ingestIdle: async () => undefined,
    onErased: () => undefined,
  });
  const access = createAccess({
    ...{ db, nowMs, adminKey: ADMIN_KEY, nameOf: erased.nameOf },
    publicUrl: () => address.url,
  });
  const queries = createQueries({ db, judge: { state: async () => ({ ...judged }) }, nowMs });
  const { settings, service } = await testSettings(db, nowMs, config);
  const app = await createHttpApp({
    db,
    access,
    queries,
    settings: service,
    nowMs,
    log: pino({ level: "trace" }, { write: (line: string) => logs.push(line) }),
    version: "0.0.0-test",
    erasures,
    channels: { seal: createSeal("the key of test channels"), baseUrl: () => address.url },
    onIncidentChanged: (environment) => told.push(environment),
    onAlertingChanged: (environment) => told.push(environment),
    registerTelemetry: (scope) => registerTelemetry(scope, access),
    ready: () => true,
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  address.url = url;
  return {
    db,
    app,
    access,
    erased,
    queries,
    settings,
    url,
    clock,
    logs,
    told,
    judged,
    async get<T>(path: string, key: string | null = ADMIN_KEY) {
      const response = await fetch(`${url}${path}`, {
        headers: key === null ? {} : { authorization: `Bearer ${key}` },
      });
      return { status: response.status, body: (await response.json()) as T };
    },
    async send(method, path, body, headers = {}) {
      const type: Record<string, string> = body ? { "content-type": "application/json" } : {};
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${ADMIN_KEY}`, ...type, ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    makeKey: async (role, environments) =>
      (await createKey(db, { name: `${role} key`, role, environments }, clock.nowMs)).secret,
    async signIn(name = "Ada", role = "read") {
      const token = new URL(await access.createSignInLink({ name, role })).searchParams.get("token") ?? "";
      return (await access.signIn(token, { address: "127.0.0.1", userAgent: null }))?.split(";")[0] ?? "";
    },
    async close() {
      await app.close();
      await erasures.stop();
      erased.stop();
      await db.drop();
    },
  };
}
