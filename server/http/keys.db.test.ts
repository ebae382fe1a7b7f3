import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditList, CreatedKey, KeyList, KeyRow, RemovedPerson, SessionList } from "@/contracts/access";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

async function send<T = Record<string, unknown>>(method: string, path: string, body?: unknown, key = ADMIN_KEY) {
  const response = await fetch(`${test.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}
const make = (body: unknown, key?: string) => send<CreatedKey>("POST", "/api/v1/keys", body, key);
const sessionStatus = async (key: string) => (await send("GET", "/api/v1/session", undefined, key)).status;
const audit = async (query = "") => (await test.get<AuditList>(`/api/v1/audit${query}`)).body.items;

describe("a key", () => {
  it("is made with a secret that is shown once, used, listed and revoked", async () => {
    const made = await make({ name: "Grafana", role: "read", environments: ["production", "staging"] });
    expect(made.status).toBe(201);
    const { id, secret } = made.body;
    expect(await sessionStatus(secret)).toBe(200);

    const listed = (await test.get<KeyList>("/api/v1/keys")).body;
    expect(listed.presetAdminKey).toBe(true);
    expect(listed.items.find((key) => key.id === id)).toMatchObject({
      ...{ name: "Grafana", role: "read", environments: ["production", "staging"], createdBy: "preset admin key" },
      ...{ prefix: secret.slice(0, 9), lastUsedAt: new Date(test.clock.nowMs).toISOString(), revokedAt: null },
    });
    expect(JSON.stringify(listed)).not.toContain(secret);
    expect(JSON.stringify(await test.db.prisma.accessKey.findMany())).not.toContain(secret);

    const revoked = await send<KeyRow>("DELETE", `/api/v1/keys/${id}`);
    expect(revoked.body).toMatchObject({ id, revokedBy: "preset admin key" });
    expect(revoked.body.revokedAt).not.toBeNull();
    expect(await sessionStatus(secret)).toBe(401);
    expect((await send<KeyRow>("DELETE", `/api/v1/keys/${id}`)).body).toEqual(revoked.body);
    const active = (await test.get<KeyList>("/api/v1/keys?state=active")).body.items;
    expect(active.map((key) => key.id)).not.toContain(id);

    const entries = (await audit()).filter((entry) => entry.target === id);
    expect(entries.map((entry) => entry.action)).toEqual(["key_revoked", "key_created"]);
    expect(entries[0]).toMatchObject({ actor: { kind: "key", name: "preset admin key" }, address: "127.0.0.1" });
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it.each([
    [{ role: "read", environments: ["a"] }, "name"],
    [{ name: "x", role: "owner", environments: ["a"] }, "role"],
    [{ name: "x", role: "read", environments: [] }, "environments"],
    [{ name: "x", role: "read", environments: ["a", "a"] }, "environments"],
    [{ name: "x", role: "read", environments: ["*", "a"] }, "environments"],
    [{ name: "two\nlines", role: "read", environments: ["a"] }, "name"],
    [{ name: "x", role: "read", environments: ["a"], eventsPerMinute: 0 }, "eventsPerMinute"],
    [{ name: "x", role: "read", environments: ["a"], secret: "mine" }, "secret"],
  ])("is not made from %j", async (body, field) => {
    const answer = await make(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: "bad_request", details: [{ field }] } });
  });

  it("manages only the environments that it covers itself", async () => {
    const [mine, theirs] = [await test.makeKey("admin", ["mine"]), await test.makeKey("read", ["theirs", "mine"])];
    const all = (await test.get<KeyList>("/api/v1/keys")).body.items;
    const foreign = all.find(({ environments }) => environments.includes("theirs"));
    expect(await sessionStatus(theirs)).toBe(200);
    const seen = (await send<KeyList>("GET", "/api/v1/keys", undefined, mine)).body.items;
    expect(seen.map((key) => key.environments)).toEqual([["mine"]]);
    for (const environments of [["theirs"], ["mine", "theirs"], ["*"]]) {
      expect((await make({ name: "x", role: "read", environments }, mine)).status).toBe(403);
    }
    expect((await make({ name: "x", role: "admin", environments: ["mine"] }, mine)).status).toBe(201);
    expect((await send("DELETE", `/api/v1/keys/${foreign?.id}`, undefined, mine)).status).toBe(404);
    expect((await send("GET", "/api/v1/sessions", undefined, mine)).status).toBe(403);
    const entries = (await send<AuditList>("GET", "/api/v1/audit", undefined, mine)).body.items;
    expect(entries.map((entry) => entry.environment)).toEqual(["mine"]);
  });

  it("of all environments sees those that come later", async () => {
    const { secret } = (await make({ name: "metrics", role: "read", environments: ["*"] })).body;
    expect((await send("GET", "/api/v1/overview?environment=tomorrow", undefined, secret)).status).toBe(200);
  });

  it("is told where it stands, and to wait once it has used up its minute", async () => {
    const { secret } = (await make({ name: "x", role: "read", environments: ["a"], requestsPerMinute: 3 })).body;
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await send("GET", "/api/v1/session", undefined, secret));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 429]);
    expect(answers.map((answer) => answer.headers.get("ratelimit-remaining"))).toEqual(["2", "1", "0", "0"]);
    expect(answers[3]?.headers.get("retry-after")).toBe("60");
    expect(answers[3]?.body).toMatchObject({ error: { code: "too_many_requests" } });
    test.clock.nowMs += 60_000;
    expect(await sessionStatus(secret)).toBe(200);
  });

  it("is listed page by page, none twice", async () => {
    const names = ["p1", "p2", "p3"];
    for (const name of names) await make({ name, role: "read", environments: ["paged"] });
    const seen: string[] = [];
    let cursor = "";
    do {
      const { body } = await test.get<KeyList>(`/api/v1/keys?limit=2&cursor=${cursor}`);
      seen.push(...body.items.map((key) => key.id));
      cursor = body.nextCursor ?? "";
    } while (cursor !== "");
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await test.db.prisma.accessKey.count());
  });
});

describe("a person", () => {
  it("may read; only an admin may manage", async () => {
    const reader = await test.signIn("Rita");
    const admin = await test.signIn("Ada", "admin");
    const get = async (path: string, cookie: string) => fetch(`${test.url}${path}`, { headers: { cookie } });
    expect((await get("/api/v1/overview", reader)).status).toBe(200);
    for (const path of ["/api/v1/keys", "/api/v1/sessions", "/api/v1/audit"]) {
      expect((await get(path, reader)).status).toBe(403);
      expect((await get(path, admin)).status).toBe(200);
    }
    expect(await (await get("/api/v1/session", admin)).json()).toMatchObject({ kind: "session", role: "admin" });
  });

  it("sees sessions with their own marked, and ends one or all of somebody", async () => {
    const admin = await test.signIn("Ada", "admin");
    const [laptop, phone] = [await test.signIn("Bob"), await test.signIn("Bob")];
    const status = async (cookie: string) =>
      (await fetch(`${test.url}/api/v1/session`, { headers: { cookie } })).status;
    const list = async () =>
      (await (await fetch(`${test.url}/api/v1/sessions`, { headers: { cookie: admin } })).json()) as SessionList;
    const { items } = await list();
    expect(items.filter((session) => session.current)).toMatchObject([{ person: "Ada", role: "admin" }]);
    expect(JSON.stringify(items)).not.toContain(laptop.split("=")[1]);

    const bobs = (await test.get<SessionList>("/api/v1/sessions?state=open&person=Bob")).body.items;
    expect(bobs).toHaveLength(2);
    expect(await status(laptop)).toBe(200);
    expect(await status(phone)).toBe(200);
    await send("DELETE", `/api/v1/sessions/${bobs[0]?.id}`);
    expect([await status(laptop), await status(phone)].sort()).toEqual([200, 401]);

    const link = await test.access.createSignInLink({ name: "Bob", role: "read" });
    const gone = await send<RemovedPerson>("DELETE", "/api/v1/people/Bob");
    expect(gone.body).toEqual({ person: "Bob", sessions: 1, links: 1 });
    expect([await status(laptop), await status(phone)]).toEqual([401, 401]);
    expect((await fetch(link)).status).toBe(410);
    const ended = (await test.get<SessionList>("/api/v1/sessions?state=ended&person=Bob")).body.items;
    expect(ended.map((session) => session.revokedBy)).toEqual(["preset admin key", "preset admin key"]);
    expect((await audit("?target=Bob")).map((entry) => entry.action)).toEqual([
      "person_removed",
      "signed_in",
      "signed_in",
    ]);
  });
});
