import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditList } from "@/contracts/access";
import { revokeKey } from "@/server/access/keys";
import { digest } from "@/server/access/secret";
import { NOW_MS, seedEvents } from "./testing/seed";
import { createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
  const event = (id: string, n: number) => ({
    id,
    time: new Date(NOW_MS - 60_000 - n),
    userId: "ann",
    environment: "mine",
  });
  await seedEvents(
    test.db,
    Array.from({ length: 30 }, (_, n) => event(`e${n}`, n)),
  );
});
afterAll(() => test.close());

const entries = async (query: string) => (await test.get<AuditList>(`/api/v1/audit${query}`)).body.items;

describe("the audit log", () => {
  it("holds who read whose timeline, when and from where; pages of one reading count as one", async () => {
    const cookie = await test.signIn("Ada");
    const read = (query: string, method = "GET") =>
      fetch(`${test.url}/api/v1/users/ann/timeline?environment=mine&${query}`, { method, headers: { cookie } });
    const from = test.clock.nowMs;
    for (const page of ["limit=10", "limit=11", "limit=12"]) {
      expect((await read(page)).status).toBe(200);
      test.clock.nowMs += 1_000;
    }
    await read("limit=13", "HEAD");
    const read1 = await entries("?action=timeline_read&target=ann");
    expect(read1).toMatchObject([
      {
        ...{ action: "timeline_read", target: "ann", environment: "mine", times: 4, address: "127.0.0.1" },
        actor: { kind: "session", name: "Ada" },
        at: new Date(from).toISOString(),
        lastAt: new Date(test.clock.nowMs).toISOString(),
      },
    ]);
    test.clock.nowMs += 10 * 60_000;
    await read("limit=10");
    await test.get("/api/v1/users/ann/timeline");
    expect((await entries("?target=ann")).map((entry) => [entry.actor.name, entry.environment, entry.times])).toEqual([
      ["preset admin key", null, 1],
      ["Ada", "mine", 1],
      ["Ada", "mine", 4],
    ]);
  });

  it("holds every export with what was asked for, and no refused read", async () => {
    await fetch(`${test.url}/api/v1/events?environment=mine&user=ann&stage=sent`, {
      headers: { cookie: await test.signIn() },
    });
    const key = await test.makeKey("read", ["theirs"]);
    expect((await test.get("/api/v1/users/ann/timeline?environment=mine", key)).status).toBe(403);
    expect((await test.get("/api/v1/users/ann/timeline?limit=0", key)).status).toBe(400);
    expect(await entries("?action=events_exported")).toMatchObject([
      { target: "ann", environment: "mine", detail: { user: "ann", stage: "sent" }, actor: { name: "Ada" } },
    ]);
    expect(await entries("?actor=read%20key")).toEqual([]);
  });

  it("is paged newest first, and narrowed by action, actor, target, environment and time", async () => {
    const all = await entries("?limit=200");
    const seen: string[] = [];
    let cursor = "";
    do {
      const { body } = await test.get<AuditList>(`/api/v1/audit?limit=2&cursor=${cursor}`);
      seen.push(...body.items.map((entry) => entry.id));
      cursor = body.nextCursor ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(all.map((entry) => entry.id));
    expect([...seen].map(Number)).toEqual([...seen].map(Number).sort((a, b) => b - a));
    const late = new Date(test.clock.nowMs + 1).toISOString();
    expect(await entries(`?from=${late}`)).toEqual([]);
    expect((await entries("?actor=Ada&environment=mine")).every((entry) => entry.actor.name === "Ada")).toBe(true);
    expect((await test.get("/api/v1/audit?action=nothing")).status).toBe(400);
  });
});

describe("an export under way", () => {
  it("ends broken, not whole, when its key is revoked from elsewhere", async () => {
    const payload = "x".repeat(60_000);
    const events = Array.from({ length: 500 }, (_, n) => ({ id: `x${n}`, time: new Date(NOW_MS - n), payload }));
    await seedEvents(
      test.db,
      events.map((event) => ({ ...event, environment: "big" })),
    );
    const secret = await test.makeKey("read", ["big"]);
    const left = new Promise((resolve) =>
      test.app.server.once("request", (_, response) => response.once("close", resolve)),
    );
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${secret}` };
      request(`${test.url}/api/v1/events`, { headers }, resolve).on("error", reject).end();
    });
    answer.on("error", () => undefined);
    const { id } = await test.db.prisma.accessKey.findUniqueOrThrow({ where: { hash: digest(secret) } });
    const startedMs = performance.now();
    await revokeKey(test.db, id, { nowMs: test.clock.nowMs, revokedBy: "Ada" });
    // Nobody reads on this side: most of the export still waits on the other.
    await left;
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    const closed = new Promise((resolve) => answer.once("close", resolve));
    answer.resume();
    await closed;
    expect(answer.complete).toBe(false);
  });
});
