import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditList } from "@/contracts/access";
import type { CanaryList, CanaryRow, CreatedCanary } from "@/contracts/canaries";
import { canaryToken } from "@/domain/canaries/canary-token";
import { createErasureKit, type ErasureKit } from "@/server/erasure/testing/erasure-kit";
import { ADMIN_KEY } from "@/server/http/testing/test-app";
import { verifyStore } from "@/server/judge/verify-store";

let kit: ErasureKit;
beforeAll(async () => {
  kit = await createErasureKit(ADMIN_KEY);
});
afterAll(() => kit.close());

async function send<T>(method: string, path: string, body?: unknown, key = ADMIN_KEY) {
  const response = await fetch(`${kit.test.url}/api/v1/canaries${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}
const issue = async (userId: string, environment: string) =>
  (await send<CreatedCanary>("POST", "", { userId, environment })).body;
const actions = async (target: string) =>
  (await kit.test.get<AuditList>(`/api/v1/audit?target=${target}`)).body.items.map((entry) => [
    entry.action,
    entry.environment,
    entry.detail,
  ]);

/** Alice's connection, and a message to it that holds `text`, in an environment. */
function toAlice(environment: string, text: string, login = true): object[] {
  const timeMs = kit.test.clock.nowMs - 60_000;
  const on = (id: string, stage: string, afterMs: number, fields: object) => ({
    ...{ environment, id: `${environment}-${id}`, stage, time: new Date(timeMs + afterMs).toISOString() },
    ...{ connectionId: "c1", instance: "i1", ...fields },
  });
  const message = { type: "notice", messageId: "n1", router: "r" };
  return [
    on("o", "connection_opened", 0, {}),
    ...(login ? [on("l", "connection_authenticated", 10, { userId: "alice" })] : []),
    on("s", "sent", 1_000, { ...message, payload: { list: [{ [`see ${text}!`]: 1 }] } }),
  ];
}
const incidents = async (environment: string) => {
  await kit.judge.drain();
  expect(kit.judge.errors).toEqual([]);
  return kit.test.db.prisma.incident.findMany({
    where: { environment, status: { not: "withdrawn" } },
    select: { rule: true, severity: true, owners: true, recipients: true },
  });
};
const LEAK = { rule: "canary_seen", severity: "critical", owners: ["bob"], recipients: ["alice"] };

describe("a canary token", () => {
  it("that another user is sent is a critical leak, and is stored nowhere", async () => {
    const { token } = await issue("bob", "a");
    await kit.take(toAlice("a", token));
    expect(await incidents("a")).toEqual([LEAK]);
    expect(await kit.dump()).not.toContain(token);
    const { differences } = await verifyStore(kit.test.db, () => kit.test.clock.nowMs);
    expect(differences).toEqual([]);
  });

  it("counts when the login is reported after the message", async () => {
    const { token } = await issue("bob", "late");
    await kit.take(toAlice("late", token, false));
    expect((await incidents("late")).map(({ rule }) => rule)).toEqual(["sent_to_unauthenticated"]);
    await kit.take(toAlice("late", token));
    expect(await incidents("late")).toEqual([LEAK]);
  });

  it("is nothing to its own user, in another environment, or when nobody issued it", async () => {
    const [own, elsewhere] = [await issue("alice", "b"), await issue("bob", "c")];
    const unknown = canaryToken(new Uint8Array(26).fill(7));
    await kit.take(toAlice("b", `${own.token} ${elsewhere.token} ${unknown}`));
    expect(await incidents("b")).toEqual([]);
  });

  it("is nothing in a payload that came in before it was issued or after it was deleted", async () => {
    const before = await issue("bob", "d");
    await send("DELETE", `/${before.id}`);
    await kit.take(toAlice("d", before.token));
    expect(await incidents("d")).toEqual([]);

    const found = await issue("bob", "e");
    await kit.take(toAlice("e", found.token));
    await send("DELETE", `/${found.id}`);
    expect(await incidents("e")).toEqual([LEAK]);
  });

  it("keeps to its user when they are erased, and names them no more", async () => {
    const user = "zoë 'quoted\" user";
    const { id, token } = await issue(user, "f");
    await kit.take(toAlice("f", token));
    expect(await incidents("f")).toEqual([{ ...LEAK, owners: [user] }]);
    expect((await kit.erase(user, "f")).status).toBe(200);
    const pseudonym = kit.test.erased.pseudonymOf(user);
    expect(await incidents("f")).toEqual([{ ...LEAK, owners: [pseudonym] }]);
    const dump = await kit.dump();
    for (const name of [user, JSON.stringify(user).slice(1, -1)]) expect(dump).not.toContain(name);
    const { items } = (await send<CanaryList>("GET", "")).body;
    expect(items.find((row) => row.id === id)).toMatchObject({ userId: pseudonym });
    expect(await send("POST", "", { userId: user, environment: "f" })).toMatchObject({ status: 400 });
  });
});

describe("canaries over the API", () => {
  it("are issued with a token that is shown once, listed page by page, deleted, and written down", async () => {
    const made = await send<CreatedCanary>("POST", "", { userId: "carol", environment: "g" });
    expect(made.status).toBe(201);
    const { token, ...row } = made.body;
    expect(token).toMatch(/^sbxc_[a-z2-7]{30}$/);
    expect(row).toMatchObject({ userId: "carol", environment: "g", createdBy: "preset admin key" });
    expect(row.createdAt).toBe(new Date(kit.test.clock.nowMs).toISOString());

    const seen: CanaryRow[] = [];
    let cursor = "";
    do {
      const { body } = await send<CanaryList>("GET", `?limit=2&cursor=${cursor}`);
      seen.push(...body.items);
      cursor = body.nextCursor ?? "";
    } while (cursor !== "");
    expect(seen).toContainEqual(row);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBe(await kit.test.db.prisma.canary.count());

    expect(await send("DELETE", `/${row.id}`)).toEqual({ status: 200, body: row });
    expect(await send("DELETE", `/${row.id}`)).toMatchObject({ status: 404 });
    const about = ["g", { user: "carol" }];
    expect(await actions(row.id)).toEqual([
      ["canary_deleted", ...about],
      ["canary_created", ...about],
    ]);
  });

  it.each([
    [{ environment: "g" }, "userId"],
    [{ userId: "u" }, "environment"],
    [{ userId: "", environment: "g" }, "userId"],
    [{ userId: "ü".repeat(129), environment: "g" }, "userId"],
    [{ userId: "a\0", environment: "g" }, "userId"],
    [{ userId: "u", environment: "g", token: "mine" }, "token"],
  ])("are not issued from %j", async (body, field) => {
    const answer = await send("POST", "", body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "bad_request", details: [{ field }] } } });
  });

  it("take no parameter that they do not know", async () => {
    const [known, unknown] = [{ userId: "u", environment: "g" }, "?environment=g"];
    for (const [method, path, body] of [
      ["GET", ""],
      ["POST", "", known],
      ["DELETE", "/x"],
    ] as const) {
      expect(await send(method, path + unknown, body), method).toMatchObject({
        ...{ status: 400, body: { error: { code: "bad_query", details: [{ field: "environment" }] } } },
      });
    }
  });

  it("are managed by an admin in the environments that they cover", async () => {
    const mine = await kit.test.makeKey("admin", ["mine"]);
    const theirs = await issue("u", "theirs");
    expect((await send("POST", "", { userId: "u", environment: "theirs" }, mine)).status).toBe(403);
    expect((await send("DELETE", `/${theirs.id}`, undefined, mine)).status).toBe(404);
    expect((await send("POST", "", { userId: "u", environment: "mine" }, mine)).status).toBe(201);
    const { items } = (await send<CanaryList>("GET", "", undefined, mine)).body;
    expect(items.map(({ environment }) => environment)).toEqual(["mine"]);
  });
});
