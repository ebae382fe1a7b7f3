/** Every page that there is a file for, met by everybody who must not see it. A new page is walked without being named here. */
import { readdirSync } from "node:fs";
import { createServer, request as rawRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isHttpPath } from "@/server/http/create-http-app";
import { bearer, strangers } from "@/server/http/testing/strangers";
import { ADMIN_KEY, createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { createPageGuard } from "./guard-page";

const APP = join(import.meta.dirname, "../../app");
const PAGES = readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) =>
    `/${file.replace(/\/?page\.tsx$/, "").replaceAll(/\([^)]*\)\/?/g, "")}`.replaceAll(/\[[^\]]*\]/g, "x"),
  );

let test: TestApp;
let server: Server;
let url: string;
let served = 0;

beforeAll(async () => {
  test = await createTestApp();
  const guard = createPageGuard(test.access);
  server = createServer(async (request, response) => {
    if (!(await guard(request, response))) return;
    served += 1;
    response.end("page");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await test.close();
});

const get = (path: string, headers: Record<string, string>, method = "GET") =>
  fetch(`${url}${path}`, { method, headers, redirect: "manual" });

function statusAt(host: string, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = rawRequest(`${url}${path}`, { headers: { host, cookie } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

describe("every page", () => {
  it("is there, and is no address of the API", () => {
    expect(PAGES).toContain("/journeys/x");
    expect(PAGES.filter(isHttpPath)).toEqual([]);
  });

  it.each(PAGES)("%s leads strangers to the sign-in and back, and shows them nothing", async (path) => {
    const callers = { ...(await strangers(test)), "with a key": bearer(ADMIN_KEY) };
    served = 0;
    for (const [who, headers] of Object.entries(callers)) {
      for (const address of [path, `${path}?status=failed`, `${path}?_rsc=1`]) {
        const response = await get(address, { ...headers, rsc: "1" });
        expect(response.status, who).toBe(303);
        expect(response.headers.get("location")).toBe(`/sign-in?${new URLSearchParams({ next: address })}`);
      }
    }
    expect(served).toBe(0);
  });

  it.each(PAGES)(
    "%s is served to a session, with headers that forbid framing, caching and foreign scripts",
    async (path) => {
      const cookie = await test.signIn("Rita");
      const response = await get(path, { cookie });
      expect(response.status).toBe(200);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic';/);
      for (const part of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "default-src 'self'"]) {
        expect(policy).toContain(part);
      }
      expect(policy).not.toContain("unsafe-eval");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("x-frame-options")).toBe("DENY");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  it.each(PAGES)("%s is no way for foreign pages and under no foreign name", async (path) => {
    const cookie = await test.signIn("Ada", "admin");
    for (const origin of ["https://evil.example", "null", "http://localhost:1"]) {
      for (const method of ["POST", "PUT", "DELETE"]) {
        expect((await get(path, { cookie, origin }, method)).status, `${method} ${origin}`).toBe(403);
      }
    }
    expect(await statusAt("evil.example", path, cookie)).toBe(421);
  });
});
