import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPageGuard } from "@/server/access/guard-page";
import { SESSION_IDLE_MS } from "@/server/access/sessions";
import { LINK_MS } from "@/server/access/sign-in-links";
import { writeCursor } from "@/server/queries/cursor";
import { seedEvents, seedJourneys } from "./testing/seed";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
let pages: Server;
let pagesUrl: string;

beforeAll(async () => {
  test = await createTestApp();
  await seedJourneys(test.db, [{ id: "x", environment: "theirs", owner: "secret-owner" }]);
  await seedEvents(test.db, [
    { id: "e", environment: "theirs", time: new Date(test.clock.nowMs - 1_000), userId: "x" },
  ]);
  const guard = createPageGuard(test.access);
  pages = createServer(async (request, response) => {
    if (await guard(request, response)) response.end(String(request.headers["x-nonce"]));
  });
  await new Promise<void>((listening) => pages.listen(0, "127.0.0.1", listening));
  pagesUrl = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((closed) => pages.close(closed));
  await test.close();
});

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const status = async (path: string, init: RequestInit = {}) =>
  (await fetch(`${test.url}${path}`, { redirect: "manual", ...init })).status;

describe("the API", () => {
  it("answers with headers that forbid caching, sniffing and framing", async () => {
    const { headers } = await fetch(`${test.url}/api/v1/session`);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });

  it.each([
    "/api/v1/journeys/%00",
    "/api/v1/journeys?q=%00",
    "/api/v1/journeys/%E0%A4%A",
    `/api/v1/journeys?cursor=${writeCursor({ startedAt: "2026-01-01T00:00:00Z", environment: "\0", key: "k" })}`,
    `/api/v1/users/x/timeline?cursor=${writeCursor({ at: "2026-99-99T00:00:00Z", seq: "1", id: "x" })}`,
    `/api/v1/users/x/timeline?cursor=${writeCursor({ at: "2026-01-01T00:00:00.0Z", seq: "9999999999999999999", id: "x" })}`,
    `/api/v1/journeys/${"x".repeat(2_000)}`,
    "/api/v1/overview?from=-271821-04-20T00:00:00.000Z&to=-271821-04-21T00:00:00.000Z",
    "/api/v1/overview?from=%2B275760-09-12T00:00:00.000Z&to=%2B275760-09-13T00:00:00.000Z",
    "/api/v1/journeys?from=-271821-04-20T00:00:00.000Z",
    "/api/v1/events?to=%2B275760-09-13T00:00:00.000Z",
  ])("a hostile address is the caller's mistake, not ours: %s", async (path) => {
    expect(await status(path, { headers: bearer(ADMIN_KEY) })).toBeLessThan(500);
  });

  it("an address that cannot be decoded is a bad_request like any other, and is not repeated", async () => {
    const response = await fetch(`${test.url}/api/v1/journeys/%E0%A4%A`, { headers: bearer(ADMIN_KEY) });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(JSON.parse(text)).toEqual({ error: { code: "bad_request", message: "The request is malformed." } });
    expect(text).not.toContain("%E0");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("says not_found for what is not there, as JSON", async () => {
    const response = await fetch(`${test.url}/api/v1/nothing`, { headers: bearer(ADMIN_KEY) });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "not_found" } });
  });
});

describe("sign-in links", () => {
  const post = (fields: Record<string, string>) =>
    fetch(`${test.url}/sign-in`, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });

  it("are spent by the button only, once, and lead to the page asked for", async () => {
    const link = new URL(await test.access.createSignInLink({ name: "Ada", role: "read" }, "/journeys?status=failed"));
    const token = link.searchParams.get("token") ?? "";
    for (let opened = 0; opened < 2; opened += 1) {
      const page = await fetch(link);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("<button");
    }
    const answers = await Promise.all([1, 2, 3].map(() => post({ token, next: "/journeys?status=failed" })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 410, 410]);
    const won = answers.find((answer) => answer.status === 303);
    expect(won?.headers.get("location")).toBe("/journeys?status=failed");
    const cookie = won?.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(await (await fetch(`${test.url}/api/v1/session`, { headers: { cookie } })).json()).toMatchObject({
      person: "Ada",
    });
    expect((await fetch(link)).status).toBe(410);
    const stored = await test.db.prisma.session.findMany();
    expect(JSON.stringify(stored)).not.toContain(cookie.split("=")[1]);
  });

  it("lead a browser that asked for a page before it had a link to that page", async () => {
    const asked = await fetch(`${test.url}/sign-in?next=${encodeURIComponent("/journeys/r1?tab=events")}`);
    const cookie = asked.headers.get("set-cookie")?.split(";")[0] ?? "";
    const link = await test.access.createSignInLink({ name: "Ada", role: "read" });
    expect(await (await fetch(link, { headers: { cookie } })).text()).toContain('value="/journeys/r1?tab=events"');
    expect(await (await fetch(link)).text()).toContain('name="next" value="/"');
    const foreign = await fetch(`${test.url}/sign-in?next=https://evil.example`);
    expect(foreign.headers.get("set-cookie")).toBeNull();
  });

  it("run out after ten minutes and never lead to another site", async () => {
    const token =
      new URL(await test.access.createSignInLink({ name: "Ada", role: "read" })).searchParams.get("token") ?? "";
    expect((await post({ token, next: "https://evil.example" })).headers.get("location")).toBe("/");
    const late =
      new URL(await test.access.createSignInLink({ name: "Ada", role: "read" })).searchParams.get("token") ?? "";
    test.clock.nowMs += LINK_MS + 1;
    expect((await post({ token: late })).status).toBe(410);
    expect((await post({})).status).toBe(410);
  });

  it("never stand in a log, and neither do keys and cookies", async () => {
    const token =
      new URL(await test.access.createSignInLink({ name: "Ada", role: "read" })).searchParams.get("token") ?? "";
    const secret = await test.makeKey("read", ["mine"]);
    await fetch(`${test.url}/sign-in?token=${token}`);
    await fetch(`${test.url}/sign-in?token=${token}&next=%E0%A4%A`);
    await post({ token: `${token}x` });
    const spent = await post({ token });
    const cookie = spent.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    await fetch(`${test.url}/api/v1/journeys/%E0%A4%A?key=${secret}`, { headers: bearer(secret) });
    await fetch(`${test.url}/api/v1/overview`, { headers: { cookie } });
    await test.db.pool.query("ALTER TABLE rollup RENAME TO rollup_away");
    expect(await status(`/api/v1/overview?key=${secret}`, { headers: { ...bearer(secret), cookie } })).toBe(400);
    expect(await status("/api/v1/overview", { headers: { ...bearer(secret), cookie } })).toBe(500);
    await test.db.pool.query("ALTER TABLE rollup_away RENAME TO rollup");
    const logged = test.logs.join("");
    expect(logged).toContain("request failed");
    for (const hidden of [token, secret, cookie.split("=")[1] ?? ""]) expect(logged).not.toContain(hidden);
  });

  it("show what they are given as text, never as markup", async () => {
    const token =
      new URL(await test.access.createSignInLink({ name: "Ada", role: "read" })).searchParams.get("token") ?? "";
    const page = await fetch(`${test.url}/sign-in?token=${token}&next=${encodeURIComponent('/"><script>x</script>')}`);
    expect(await page.text()).not.toContain("<script>");
    expect(page.headers.get("content-security-policy")).toMatch(/style-src 'nonce-/);
  });

  it("end with the session: at sign-out, and after twelve idle hours", async () => {
    const [left, idle, busy] = [await test.signIn(), await test.signIn(), await test.signIn()];
    const whoAmI = (cookie: string) => status("/api/v1/session", { headers: { cookie } });
    expect(await whoAmI(left)).toBe(200);
    expect(await status("/sign-out", { method: "POST", headers: { cookie: left } })).toBe(303);
    expect(await whoAmI(left)).toBe(401);
    test.clock.nowMs += SESSION_IDLE_MS - 60_000;
    expect(await whoAmI(busy)).toBe(200);
    test.clock.nowMs += 120_000;
    expect(await whoAmI(busy)).toBe(200);
    expect(await whoAmI(idle)).toBe(401);
  });
});

describe("pages", () => {
  it("lead to the sign-in without a session, and back to where one wanted to go", async () => {
    const response = await fetch(`${pagesUrl}/journeys?status=failed`, { redirect: "manual" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/sign-in?next=%2Fjourneys%3Fstatus%3Dfailed");
    expect((await fetch(`${pagesUrl}/_next/static/x.js`)).status).toBe(200);
    expect((await fetch(`${pagesUrl}/_next/static/../../journeys`, { redirect: "manual" })).status).toBe(303);
  });

  it("carry a fresh nonce that Next finds in the request", async () => {
    const cookie = await test.signIn();
    const seen = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(`${pagesUrl}/`, { headers: { cookie, "x-nonce": "forged" } });
        const nonce = await response.text();
        expect(response.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(new Set([...seen, "forged"]).size).toBe(3);
  });
});
