import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AuditList } from "@/contracts/access";
import type { ChannelList, ChannelRow, ChannelTest, DeliveryList } from "@/contracts/channels";
import { buildNotification } from "@/domain/alerts/testing/notifications";
import { enqueueNotification } from "@/server/alerts/channels/enqueue";
import { type Receiver, startReceiver, status } from "@/server/alerts/channels/testing/receiver";
import { inTransaction } from "@/server/storage/transaction";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
let receiver: Receiver;
beforeAll(async () => {
  test = await createTestApp();
  receiver = await startReceiver();
});
beforeEach(async () => {
  await test.db.prisma.alertChannel.deleteMany();
  await test.db.prisma.auditEntry.deleteMany();
  receiver.reset();
});
afterAll(async () => {
  await receiver.close();
  await test.close();
});

/** Stands in every secret that a channel may have. */
const SECRET = "s3cr3t";
const url = () => `${receiver.url}/services/${SECRET}/T0123456789/B0123450000`;
const hook = () => ({ kind: "webhook", name: "Hook", url: url(), environments: ["*"] });
const secrets = {
  auth: { kind: "basic", user: "signalbox", password: SECRET },
  header: { name: "X-Key", value: SECRET },
} as const;

async function send<T = ChannelRow>(method: string, path: string, body?: unknown, key = ADMIN_KEY) {
  const response = await fetch(`${test.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text) as T & { error?: { code: string; message: string } }, text };
}
const make = async (given: object = {}) => (await send("POST", "channels", { ...hook(), ...given })).body;

describe("a channel", () => {
  it("is shown with its host and the end of its address, and never with more", async () => {
    const made = await send("POST", "channels", { ...hook(), ...secrets });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      address: { scheme: "http", host: `127.0.0.1:${receiver.port}`, ends: "0000" },
      ...{ auth: "basic", headerName: "X-Key", minimumSeverity: "warning", sendResolved: true, enabled: true },
      ...{ createdBy: "preset admin key", waiting: 0, last: null },
    });
    const list = await send<ChannelList>("GET", "channels");
    expect(list.body.items).toEqual([made.body]);
    const changed = await send("PATCH", `channels/${made.body.id}`, { name: "Other" });
    const deleted = await send("DELETE", `channels/${made.body.id}`);
    const audit = await send<AuditList>("GET", "audit");
    for (const { text } of [made, list, changed, deleted, audit]) expect(text).not.toContain(SECRET);
    expect(test.logs.join("")).not.toContain(SECRET);
    expect(audit.body.items.map(({ action, detail }) => [action, detail.changed])).toEqual([
      ["channel_deleted", undefined],
      ["channel_changed", ["name"]],
      ["channel_created", undefined],
    ]);
  });

  it("to an Alertmanager takes the Watchdog too, unless it says otherwise", async () => {
    expect(await make({ kind: "alertmanager" })).toMatchObject({ minimumSeverity: "info" });
    expect(await make({ kind: "alertmanager", minimumSeverity: "high" })).toMatchObject({ minimumSeverity: "high" });
    expect(await make({ kind: "slack" })).toMatchObject({ minimumSeverity: "warning" });
  });

  it("is stored so that nothing of it can be read", async () => {
    await make(secrets);
    const { rows } = await test.db.pool.query(
      "SELECT c::text AS text, encode(target, 'escape') AS target FROM alert_channel c",
    );
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  });

  it("is shown with its host alone when its address is short", async () => {
    const url = `${receiver.url}/services/${SECRET}/T0000/B0000`;
    expect((await make({ url })).address).toMatchObject({ host: `127.0.0.1:${receiver.port}`, ends: "" });
  });

  it.each([
    ["an address without http", { url: "ftp://127.0.0.1/" }, "url"],
    ["a user in the address", { url: "http://me:pw@127.0.0.1/" }, "url"],
    ["the same behind a third slash", { url: "http:///me:pw@127.0.0.1/" }, "url"],
    ["the same behind backslashes", { url: "http:\\\\me@127.0.0.1/" }, "url"],
    ["an address that is metadata", { url: "http://169.254.169.254/latest" }, "url"],
    ["the same in other words", { url: "http://[::ffff:a9fe:a9fe]/" }, "url"],
    ["no environment", { environments: [] }, "environments"],
    ["all environments and one", { environments: ["*", "prod"] }, "environments"],
    ["a header that is ours", { header: { name: "Host", value: "x" } }, "header.name"],
    ["a header of two lines", { header: { name: "X-A", value: "a\r\nHost: b" } }, "header.value"],
    ["a token with a line break", { auth: { kind: "bearer", token: "a\nb" } }, "auth.token"],
    ["a sign-in for Slack", { kind: "slack", auth: { kind: "bearer", token: "a" } }, "auth"],
    ["an unknown kind", { kind: "pager" }, "kind"],
    ["an unknown field", { colour: "red" }, "body"],
  ])("is refused with %s, by the field's name", async (_, given, field) => {
    const answer = await send("POST", "channels", { ...hook(), ...given });
    expect(answer.status).toBe(400);
    expect(answer.body.error?.message).toContain(field === "body" ? "colour" : `${field}:`);
  });

  it("that moves elsewhere takes its sign-in along only when that is given again", async () => {
    const { id } = await make(secrets);
    const elsewhere = { url: "http://127.0.0.1:1/services/other" };
    const refused = await send("PATCH", `channels/${id}`, elsewhere);
    expect([refused.status, refused.body.error?.message]).toEqual([
      400,
      "auth: must be given again, because the address leads elsewhere",
    ]);
    expect((await send("PATCH", `channels/${id}`, { ...elsewhere, auth: null })).status).toBe(400);
    expect((await send("PATCH", `channels/${id}`, { ...elsewhere, auth: null, header: null })).body).toMatchObject({
      ...{ address: { host: "127.0.0.1:1" }, auth: "none", headerName: null },
    });
  });

  it("keeps what a change leaves out", async () => {
    const { id } = await make(secrets);
    const path = `${url()}/other`;
    expect((await send("PATCH", `channels/${id}`, { url: path, minimumSeverity: "critical" })).body).toMatchObject({
      ...{ name: "Hook", auth: "basic", headerName: "X-Key", minimumSeverity: "critical" },
    });
    await send("POST", `channels/${id}/test`);
    expect(receiver.received[0]).toMatchObject({
      path: new URL(path).pathname,
      headers: { "x-key": SECRET, authorization: `Basic ${btoa(`signalbox:${SECRET}`)}` },
    });
  });

  it("changed by two at once is changed by both", async () => {
    const { id } = await make();
    await Promise.all([
      send("PATCH", `channels/${id}`, { name: "Renamed" }),
      send("PATCH", `channels/${id}`, { minimumSeverity: "high" }),
      send("PATCH", `channels/${id}`, { enabled: false }),
    ]);
    expect((await send<ChannelList>("GET", "channels")).body.items).toEqual([
      expect.objectContaining({ name: "Renamed", minimumSeverity: "high", enabled: false }),
    ]);
  });

  it("of Alertmanager is always told what ended", async () => {
    expect((await make({ kind: "alertmanager", sendResolved: false })).sendResolved).toBe(true);
  });

  it("belongs to admins of all its environments", async () => {
    const key = await test.makeKey("admin", ["prod"]);
    const mine = await send("POST", "channels", { ...hook(), environments: ["prod"] }, key);
    expect(mine.status).toBe(201);
    for (const environments of [["*"], ["prod", "test"]]) {
      const refused = await send("POST", "channels", { ...hook(), environments }, key);
      expect([refused.status, refused.body.error?.code]).toEqual([403, "environment_not_allowed"]);
    }
    const both = await make({ environments: ["prod", "test"] });
    expect((await send<ChannelList>("GET", "channels", undefined, key)).body.items).toEqual([mine.body]);
    for (const [method, path, body] of [
      ["PATCH", `channels/${both.id}`, { name: "Mine" }],
      ["DELETE", `channels/${both.id}`],
      ["POST", `channels/${both.id}/test`],
    ] as const) {
      expect((await send(method, path, body, key)).status).toBe(404);
    }
    expect((await send("PATCH", `channels/${mine.body.id}`, { environments: ["*"] }, key)).status).toBe(403);
    await send("POST", `channels/${both.id}/test`);
    expect((await send<DeliveryList>("GET", "deliveries", undefined, key)).body.items).toEqual([]);
  });
});

describe("a test", () => {
  it.each([
    [status(200), true, "Delivered (HTTP 200)"],
    [status(401, {}, SECRET), false, "Refused for good: it answered HTTP 401: the sign-in is missing or wrong"],
    [
      status(301, { location: "http://127.0.0.1:1/" }),
      false,
      "Refused for good: it redirects, and redirects are not followed (HTTP 301)",
    ],
  ] as const)("says in words what became of it (%#)", async (answer, ok, says) => {
    const { id } = await make();
    receiver.answer(answer);
    const tested = await send<ChannelTest>("POST", `channels/${id}/test`);
    expect(tested).toMatchObject({
      status: 200,
      body: { ok, says, delivery: { test: true, title: "SignalboxTest", channelName: "Hook" } },
    });
    expect(tested.text).not.toContain(SECRET);
    expect((await send<DeliveryList>("GET", "deliveries")).body.items).toEqual([tested.body.delivery]);
    expect((await send<ChannelList>("GET", "channels")).body.items[0]?.last).toMatchObject({
      state: ok ? "sent" : "failed",
    });
  });

  it("of Slack names Slack's own reason", async () => {
    const { id } = await make({ kind: "slack" });
    receiver.answer(status(404, {}, "no_service"));
    const { body } = await send<ChannelTest>("POST", `channels/${id}/test`);
    expect(body.says).toBe("Refused for good: the Slack webhook was removed or switched off (HTTP 404)");
    expect(receiver.received[0]?.body).toMatchObject({ text: expect.stringContaining("SignalboxTest") });
  });

  it("may be sent through a channel that is switched off, and stands in the audit log", async () => {
    const { id } = await make({ enabled: false });
    expect((await send<ChannelTest>("POST", `channels/${id}/test`)).body.ok).toBe(true);
    const audit = await send<AuditList>("GET", "audit?action=channel_tested");
    expect(audit.body.items).toEqual([
      expect.objectContaining({ target: id, detail: expect.objectContaining({ ok: true }) }),
    ]);
  });
});

describe("the delivery log", () => {
  it("pages through what was told, newest first, also of one channel or state", async () => {
    const [a, b] = [await make({ name: "A" }), await make({ name: "B" })];
    for (let i = 0; i < 5; i++) {
      await inTransaction(test.db, (tx) =>
        enqueueNotification(tx, buildNotification({ groupKey: String(i) }), test.clock.nowMs),
      );
    }
    await send("POST", `channels/${b.id}/test`);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: DeliveryList = (await send<DeliveryList>("GET", `deliveries?limit=4&cursor=${cursor}`)).body;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(11);
    const ofA = (await send<DeliveryList>("GET", `deliveries?channel=${a.id}`)).body.items;
    expect(ofA).toHaveLength(5);
    expect(ofA[0]).toMatchObject({
      ...{ channelName: "A", environment: "prod", title: "LeakFound", status: "firing", alerts: 1, test: false },
      ...{
        state: "waiting",
        says: "Waits to be sent",
        nextAt: new Date(test.clock.nowMs).toISOString(),
        triedAt: null,
      },
    });
    expect((await send<DeliveryList>("GET", "deliveries?state=sent")).body.items).toHaveLength(1);
    expect((await send("GET", "deliveries?state=lost")).status).toBe(400);
    const waiting = (await send<ChannelList>("GET", "channels")).body.items.map((row) => row.waiting);
    expect(waiting).toEqual([5, 5]);
  });
});

it("/metrics counts what is still to be told", async () => {
  await make();
  const tell = (environment: string) =>
    inTransaction(test.db, (tx) => enqueueNotification(tx, buildNotification({ environment }), test.clock.nowMs));
  await tell("prod");
  await tell("prod");
  const response = await fetch(`${test.url}/metrics?environment=prod`, {
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });
  expect(await response.text()).toContain('signalbox_alert_deliveries_waiting{environment="prod"} 2');
});
