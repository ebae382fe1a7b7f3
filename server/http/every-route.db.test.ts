/** Every route that the router has, met by everybody who must not use it. A new route is walked without being named here. */
import { request as rawRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createByteBudget } from "@/server/ingest/byte-budget";
import { registerTelemetryRoutes } from "@/server/ingest/telemetry-routes";
import { type RouteRule, watchAccessRules } from "./access-rules";
import { isHttpPath } from "./create-http-app";
import {
  bearer,
  OWN_ENVIRONMENT,
  SECRET,
  seedTheirs,
  strangers,
  THEIR_ENVIRONMENT,
  type Theirs,
} from "./testing/strangers";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
let theirs: Theirs;
let refused: Record<string, Record<string, string>>;
let routes: RouteRule[] = [];

beforeAll(async () => {
  test = await createTestApp({}, (scope, access) =>
    registerTelemetryRoutes(scope, {
      ingest: {
        ingest: async () => ({ ok: true, answer: { accepted: 0, duplicates: 0, rejected: [], rejectedTotal: 0 } }),
      },
      access,
      budget: createByteBudget(2 ** 30),
    }),
  );
  theirs = await seedTheirs(test);
  refused = await strangers(test);
  routes = test.app.accessRules();
});
afterAll(() => test.close());

const OPEN = ["GET /healthz", "GET /readyz", "GET /sign-in", "POST /sign-in", "POST /sign-out"];
const withHead = (names: string[]) =>
  names.flatMap((name) => [name, ...(name.startsWith("GET") ? [name.replace("GET", "HEAD")] : [])]);
const SAFE = ["GET", "HEAD", "OPTIONS"];
const nameOf = ({ method, url }: RouteRule) => `${method} ${url}`;
const closed = () => routes.filter(({ rule }) => rule !== "open");

/** The route's address with ids of the other environment in the place of its parameters. */
function pathOf({ url }: RouteRule): string {
  const id = url.includes("users")
    ? theirs.user
    : url.includes("incidents")
      ? theirs.incident
      : url.includes("keys")
        ? theirs.key
        : url.includes("canaries")
          ? theirs.canary
          : url.includes("channels")
            ? theirs.channel
            : url.includes("sessions")
              ? theirs.session
              : url.includes("silences")
                ? theirs.silence
                : theirs.run;
  return url.replaceAll(/:\w+/g, id).replaceAll("*", id);
}

async function call(route: RouteRule, headers: Record<string, string>, query = "") {
  const body = SAFE.includes(route.method) || route.method === "DELETE" ? undefined : "{}";
  const response = await fetch(`${test.url}${pathOf(route)}${query}`, {
    method: route.method,
    redirect: "manual",
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body }),
  });
  const told = `${await response.text()} ${JSON.stringify([...response.headers])}`;
  return { status: response.status, told };
}

/** fetch does not send a Host of one's choice. */
function statusAt(host: string, route: RouteRule): Promise<number> {
  const options = { method: route.method, headers: { host, ...bearer(ADMIN_KEY) } };
  return new Promise((resolve, reject) => {
    const sent = rawRequest(`${test.url}${pathOf(route)}`, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

/** What every route of `which` answers, as far as it is not what was wanted. */
async function wrong(
  which: RouteRule[],
  wanted: number[],
  ask: (route: RouteRule) => Promise<number>,
): Promise<string[]> {
  const found: string[] = [];
  for (const route of which) {
    const status = await ask(route);
    if (!wanted.includes(status)) found.push(`${nameOf(route)}: ${status}`);
  }
  return found;
}

describe("every route", () => {
  it("is known with its rule, and open only where that is meant", () => {
    expect(routes.length).toBeGreaterThan(25);
    expect(
      routes
        .filter(({ rule }) => rule === "open")
        .map(nameOf)
        .sort(),
    ).toEqual(withHead(OPEN).sort());
    expect(routes.filter(({ url }) => !isHttpPath(url)).map(nameOf)).toEqual([]);
  });

  it("asks who is there", async () => {
    for (const [who, headers] of Object.entries(refused)) {
      expect(await wrong(closed(), [401], async (route) => (await call(route, headers)).status), who).toEqual([]);
    }
    for (const inUrl of [`?key=${ADMIN_KEY}`, `?access_token=${ADMIN_KEY}`, `?authorization=Bearer%20${ADMIN_KEY}`]) {
      expect(await wrong(closed(), [401], async (route) => (await call(route, {}, inUrl)).status), inUrl).toEqual([]);
    }
  });

  it("refuses a role that is too low", async () => {
    const key = async (role: "ingest" | "read") => bearer(await test.makeKey(role, ["*"]));
    const [ingest, read, reader] = [await key("ingest"), await key("read"), { cookie: await test.signIn("Rita") }];
    const low = { read: [ingest], ingest: [read, reader], admin: [ingest, read, reader] };
    for (const [rule, callers] of Object.entries(low)) {
      const ruled = routes.filter((route) => route.rule === rule);
      expect(ruled.length).toBeGreaterThan(0);
      for (const headers of callers) {
        expect(await wrong(ruled, [403], async (route) => (await call(route, headers)).status)).toEqual([]);
      }
    }
  });

  it("refuses a write of a foreign page, whoever is signed in there", async () => {
    const writes = routes.filter(({ method }) => !SAFE.includes(method));
    const cookie = await test.signIn("Ada", "admin");
    for (const origin of ["https://evil.example", "null", "http://localhost:1"]) {
      for (const who of [{ cookie }, bearer(ADMIN_KEY)]) {
        const ask = async (route: RouteRule) => (await call(route, { ...who, origin })).status;
        expect(await wrong(writes, [403], ask), origin).toEqual([]);
      }
    }
  });

  it("answers under our own name only", async () => {
    const named = routes.filter(({ url }) => url !== "/healthz" && url !== "/readyz");
    for (const host of ["evil.example", `127.0.0.1.evil.example:${new URL(test.url).port}`]) {
      expect(await wrong(named, [421], (route) => statusAt(host, route)), host).toEqual([]);
    }
  });

  it("shows nothing of another environment, asked for or not, even to its admin", async () => {
    const before = await stored();
    const ignoring: string[] = [];
    for (const role of ["read", "admin"] as const) {
      const headers = bearer(await test.makeKey(role, [OWN_ENVIRONMENT]));
      for (const query of ["", `?environment=${THEIR_ENVIRONMENT}`, `?environment=${OWN_ENVIRONMENT}`]) {
        for (const route of closed().filter(({ rule }) => rule !== "ingest")) {
          const { status, told } = await call(route, headers, query);
          expect(told, `${nameOf(route)}${query}`).not.toContain(SECRET);
          if (query.includes(SECRET) && ![400, 403, 404].includes(status)) ignoring.push(nameOf(route));
        }
      }
    }
    expect(await stored()).toEqual(before);
    expect(ignoring, "these take no environment and do not say so").toEqual([]);
  });

  it("refuses a parameter that it does not know, by its name", async () => {
    const reads = closed().filter(({ method }) => method === "GET");
    const callers = { ingest: {}, read: bearer(await test.makeKey("read", ["*"])), admin: bearer(ADMIN_KEY), open: {} };
    for (const route of reads) {
      const { status, told } = await call(route, callers[route.rule], "?run_id=r1");
      expect(status, nameOf(route)).toBe(400);
      expect(told, nameOf(route)).toContain('"field":"run_id"');
    }
  });

  it("lets in who may", async () => {
    const callers = {
      open: {},
      read: { cookie: await test.signIn("Rita"), origin: test.url },
      ingest: bearer(await test.makeKey("ingest", ["*"])),
      admin: bearer(ADMIN_KEY),
    };
    // What ends sessions and keys comes last.
    for (const route of routes.toSorted((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"))) {
      const { status, told } = await call(route, callers[route.rule]);
      expect([401, 403, 421].includes(status) || status >= 500, `${nameOf(route)}: ${status} ${told}`).toBe(false);
    }
  });

  it("keeps the app from starting when nothing says who may use it", async () => {
    const { default: fastify } = await import("fastify");
    const app = fastify();
    const rules = watchAccessRules(app);
    app.register(async (scope) => {
      rules.state(scope, "read");
      scope.get("/api/v1/known", async () => "");
    });
    app.get("/api/v1/forgotten", async () => "");
    await expect(app.ready()).rejects.toThrow("GET /api/v1/forgotten");
  });
});

/** What a stranger could have changed. */
async function stored() {
  const { prisma } = test.db;
  const environment = THEIR_ENVIRONMENT;
  return {
    key: await prisma.accessKey.findUniqueOrThrow({ where: { id: theirs.key }, select: { revokedAt: true } }),
    session: await prisma.session.findUniqueOrThrow({ where: { id: theirs.session }, select: { revokedAt: true } }),
    users: await prisma.telemetryEvent.findMany({ where: { environment }, select: { id: true, userId: true } }),
    incident: await prisma.incident.findUniqueOrThrow({
      where: { id: theirs.incident },
      select: { revision: true, history: true },
    }),
    silence: await prisma.alertSilence.findUniqueOrThrow({ where: { id: theirs.silence } }),
    silences: await prisma.alertSilence.count({ where: { environment } }),
    rules: await prisma.alertRule.findMany({ where: { environment } }),
    targets: await prisma.sloTargets.findMany({ where: { environment } }),
    policies: await prisma.policy.count({ where: { environment } }),
    canaries: await prisma.canary.count({ where: { environment } }),
    channel: await prisma.alertChannel.findUniqueOrThrow({ where: { id: theirs.channel } }),
    deliveries: await prisma.alertDelivery.count({ where: { environment } }),
    erasures: await prisma.erasure.count({ where: { environment } }),
  };
}
