import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN_KEY, createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { addCanaryCommands } from "./canary-commands";
import { terminalActor } from "./context";
import { addKeyCommands } from "./key-commands";
import { addPeopleCommands } from "./people-commands";

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

/** Runs a command line beside the app; what it printed, noted and failed with. */
async function signalbox(...line: string[]) {
  const said = { out: "", note: "", failure: "" };
  const program = new Command("signalbox").exitOverride().configureOutput({ writeErr: () => undefined });
  const run: Parameters<typeof addKeyCommands>[1] = (work) =>
    work({
      db: test.db,
      publicUrl: test.url,
      nowMs: () => test.clock.nowMs,
      write: (text) => {
        said.out += text;
      },
      note: (text) => {
        said.note += text;
      },
      fail: (text) => {
        said.failure += text;
      },
    });
  addPeopleCommands(program, run);
  addKeyCommands(program, run);
  addCanaryCommands(program, run);
  for (const command of program.commands) for (const sub of [command, ...command.commands]) sub.exitOverride();
  await program.parseAsync(line, { from: "user" });
  return said;
}

const status = async (key: string, path = "/api/v1/session") =>
  (await fetch(`${test.url}${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
const actions = async (target: string) =>
  (await test.db.prisma.auditEntry.findMany({ where: { target }, orderBy: { seq: "asc" } })).map((entry) => [
    entry.action,
    entry.actorKind,
    entry.actorName,
  ]);

describe("signalbox key", () => {
  it("makes a key that works at once, with nothing but its secret on standard output", async () => {
    const made = await signalbox("key", "create", "Grafana", "--role", "read", "--environment", "mine", "theirs");
    expect(made.out).toMatch(/^sb_[\w-]{43}\n$/);
    expect(made.note).toContain("mine, theirs");
    const secret = made.out.trim();
    expect(await status(secret)).toBe(200);
    expect(await status(secret, "/api/v1/overview?environment=other")).toBe(403);

    const listed = (await signalbox("key", "list")).out;
    expect(listed).toMatch(/^ID +BEGINS +NAME +ROLE +ENVIRONMENTS/);
    expect(listed).toContain(secret.slice(0, 9));
    expect(listed).not.toContain(secret);
    const [row] = (await signalbox("key", "list", "--json")).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(row).toMatchObject({ name: "Grafana", createdBy: terminalActor().name });

    expect((await signalbox("key", "revoke", row.id)).out).toBe("Grafana is revoked\n");
    test.clock.nowMs += 2_001;
    expect(await status(secret)).toBe(401);
    expect((await signalbox("key", "list")).out).toBe("none\n");
    expect((await signalbox("key", "list", "--all")).out).toContain("Grafana");
    expect((await signalbox("key", "revoke", row.id)).out).toBe("Grafana was revoked already\n");
    const by = ["cli", terminalActor().name];
    expect(await actions(row.id)).toEqual([
      ["key_created", ...by],
      ["key_revoked", ...by],
    ]);
  });

  it("refuses what is no key", async () => {
    expect((await signalbox("key", "revoke", "nobody")).failure).toContain("no key has this id");
    const twice = await signalbox("key", "create", "x", "--role", "read", "--environment", "a", "--environment", "a");
    expect(twice).toMatchObject({ out: "", failure: "environments: names one environment twice" });
    await expect(signalbox("key", "create", "x", "--role", "owner")).rejects.toThrow();
    await expect(signalbox("key", "create", "x")).rejects.toThrow();
    await expect(signalbox("key", "create", "x", "--role", "read", "--events-per-minute", "1.5")).rejects.toThrow();
  });
});

describe("signalbox canary", () => {
  it("issues a token with nothing else on standard output, lists it without and deletes it", async () => {
    const made = await signalbox("canary", "create", "bob", "--environment", "mine");
    expect(made.out).toMatch(/^sbxc_[a-z2-7]{30}\n$/);
    expect(made.note).toContain("from now on");
    const listed = (await signalbox("canary", "list")).out;
    expect(listed).toMatch(/^ID +USER +ENVIRONMENT/);
    expect(listed).not.toContain(made.out.trim());
    const row = JSON.parse((await signalbox("canary", "list", "--json")).out);
    expect(row).toMatchObject({ userId: "bob", environment: "mine", createdBy: terminalActor().name });
    expect((await signalbox("canary", "delete", row.id)).out).toBe("deleted\n");
    expect((await signalbox("canary", "delete", row.id)).failure).toContain("no canary has this id");
    expect((await signalbox("canary", "list")).out).toBe("none\n");
    expect((await actions(row.id)).map(([action]) => action)).toEqual(["canary_created", "canary_deleted"]);
  });

  it("refuses what is no user, and who was erased", async () => {
    expect(await signalbox("canary", "create", "")).toMatchObject({
      out: "",
      failure: expect.stringMatching(/^userId/),
    });
    await expect(signalbox("canary", "create")).rejects.toThrow();
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    await fetch(`${test.url}/api/v1/users/gone?environment=default`, { method: "DELETE", headers });
    expect(await signalbox("canary", "create", "gone")).toMatchObject({ out: "", failure: "this user was erased" });
  });
});

describe("signalbox invite and session", () => {
  it("let a person in, with the role given, and out again", async () => {
    const link = (await signalbox("invite", "Grace Hopper", "--role", "admin")).out.trim();
    const token = new URL(link).searchParams.get("token") ?? "";
    const body = new URLSearchParams({ token });
    const spent = await fetch(`${test.url}/sign-in`, { method: "POST", body, redirect: "manual" });
    expect(spent.status).toBe(303);
    const cookie = spent.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const keys = async () => (await fetch(`${test.url}/api/v1/keys`, { headers: { cookie } })).status;
    expect(await keys()).toBe(200);

    const [session] = (await signalbox("session", "list", "--json")).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(session).toMatchObject({ person: "Grace Hopper", role: "admin", address: "127.0.0.1" });
    expect((await signalbox("session", "list")).out).toContain("Grace Hopper");
    expect((await signalbox("session", "revoke", session.id)).out).toContain("is ended");
    test.clock.nowMs += 2_001;
    expect(await keys()).toBe(401);
    expect((await signalbox("session", "list")).out).toBe("none\n");
    expect((await actions("Grace Hopper")).map(([action]) => action)).toEqual(["invited", "signed_in"]);

    const unspent = (await signalbox("invite", "Grace Hopper")).out.trim();
    expect((await signalbox("session", "revoke", "--person", "Grace Hopper")).out).toContain("1 sign-in links");
    expect((await fetch(unspent)).status).toBe(410);
  });

  it("invite people to read, and nobody without a name", async () => {
    const link = (await signalbox("invite", "Rita")).out.trim();
    expect((await test.db.prisma.signInLink.findFirstOrThrow({ where: { person: "Rita" } })).role).toBe("read");
    expect(
      JSON.stringify(await test.db.prisma.auditEntry.findMany(), (_, value) =>
        typeof value === "bigint" ? String(value) : value,
      ),
    ).not.toContain(new URL(link).searchParams.get("token"));
    expect((await signalbox("invite", "  ")).failure).toContain("name");
    expect((await signalbox("session", "revoke")).failure).toContain("--person");
    expect(await status(ADMIN_KEY)).toBe(200);
  });
});
