import { describe, expect, it } from "vitest";
import { readCookie, sessionCookieName, writeSessionCookie } from "./cookie";
import { hostAllowed, originAllowed, sameSitePath } from "./origin";

const LOCAL = "http://127.0.0.1:3000";
const PUBLIC = "https://signalbox.example.com";

describe("Host", () => {
  it.each([
    [LOCAL, "127.0.0.1:3000", true],
    [LOCAL, "localhost:3000", true],
    [LOCAL, "[::1]:3000", true],
    [LOCAL, "localhost:8080", true],
    [PUBLIC, "signalbox.example.com", true],
    [PUBLIC, "SIGNALBOX.example.com", true],
    [PUBLIC, "localhost:3000", true],
    [PUBLIC, "signalbox.example.com:8443", false],
    [PUBLIC, "evil.example", false],
    [PUBLIC, "signalbox.example.com.evil.example", false],
    [LOCAL, "localhost.evil.example", false],
    [LOCAL, "127.0.0.1.evil.example", false],
    [LOCAL, "evil.example@localhost", false],
    [LOCAL, "", false],
    [LOCAL, undefined, false],
  ])("%s answers for %s: %s", (publicUrl, host, allowed) => {
    expect(hostAllowed(publicUrl, host)).toBe(allowed);
  });
});

describe("Origin", () => {
  it.each([
    [PUBLIC, undefined, "signalbox.example.com", true],
    [PUBLIC, PUBLIC, "signalbox.example.com", true],
    [PUBLIC, "http://signalbox.example.com", "signalbox.example.com", false],
    [PUBLIC, "https://evil.example", "signalbox.example.com", false],
    [PUBLIC, "null", "signalbox.example.com", false],
    [PUBLIC, "http://localhost:8080", "localhost:8080", true],
    [LOCAL, "http://localhost:3000", "localhost:3000", true],
    [LOCAL, "http://localhost:5173", "localhost:3000", false],
    [LOCAL, "http://localhost:3000", undefined, true],
    [LOCAL, "http://localhost:5173", undefined, false],
    [LOCAL, "https://evil.example", "evil.example", false],
  ])("%s takes writes of a page of %s on %s: %s", (publicUrl, origin, host, allowed) => {
    expect(originAllowed(publicUrl, origin, host)).toBe(allowed);
  });
});

describe("the page asked for", () => {
  it.each([
    ["/journeys?status=failed#e1", "/journeys?status=failed#e1"],
    ["/journeys/a%2Fb", "/journeys/a%2Fb"],
    [undefined, "/"],
    ["https://evil.example", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["/sign-in?next=/", "/"],
    ["/..//evil.example", "/"],
  ])("%s leads to %s", (next, path) => {
    expect(sameSitePath(next)).toBe(path);
  });
});

describe("the session cookie", () => {
  it("is out of reach for scripts and other sites, and Secure on https only", () => {
    expect(writeSessionCookie(PUBLIC, "x")).toMatch(/^signalbox_443=x; Path=\/; HttpOnly; SameSite=Lax; .*; Secure$/);
    expect(writeSessionCookie(LOCAL, "x")).toMatch(/^signalbox_3000=x; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect(writeSessionCookie(LOCAL, "")).toContain("Max-Age=0");
  });

  it("is found among others and told apart by port", () => {
    const header = "a=1; signalbox_3001=other; signalbox_3000=mine";
    expect(readCookie(header, sessionCookieName(LOCAL))).toBe("mine");
    expect(readCookie("signalbox_3000x=1", sessionCookieName(LOCAL))).toBeNull();
    expect(readCookie(undefined, "a")).toBeNull();
  });
});
