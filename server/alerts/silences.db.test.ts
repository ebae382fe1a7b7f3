import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { alertList, auditList, type SilenceRow, silenceList, silenceRow } from "@/contracts/http";
import { createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { readNotification } from "./channels/stored-notification";
import { channelRow } from "./channels/testing/channel-row";
import { type AlertKit, createAlertKit } from "./testing/alert-kit";

const HOUR_MS = 3_600_000;
let test: TestApp;
let kit: AlertKit;
let environment = "";
let made = 0;
beforeAll(async () => {
  test = await createTestApp();
  kit = await createAlertKit(test);
});
afterAll(() => test.close());
beforeEach(() => {
  made += 1;
  environment = `env-${made}`;
});

/** Environments are listed anew after a moment. */
const look = () => {
  test.clock.nowMs += 3_000;
  return kit.evaluator.lookAtAll();
};

const send: TestApp["send"] = (method, path, ...rest) => test.send(method, `/api/v1/${path}`, ...rest);

describe("a silence", () => {
  const incident = (router: string) =>
    test.db.prisma.incident.create({
      data: {
        ...{ id: `${environment}-${router}`, environment, rule: "wrong_recipient", severity: "critical", router },
        ...{ occurrences: 1, firstSeenAt: new Date(test.clock.nowMs), lastSeenAt: new Date(test.clock.nowMs) },
      },
    });
  const silence = (body: object, headers = {}) => send("POST", `silences?environment=${environment}`, body, headers);
  const routerIs = (value: string) => ({ matchers: [{ name: "router", op: "=", value }], comment: "Known." });
  const inMs = (ms: number) => new Date(test.clock.nowMs + ms).toISOString();
  const told = async (what: () => Promise<unknown>) => {
    const before = (await kit.told(environment)).length;
    await what();
    return (await kit.told(environment)).slice(before);
  };
  const list = async (state: string): Promise<SilenceRow[]> =>
    silenceList.parse((await test.get(`/api/v1/silences?environment=${environment}&state=${state}`)).body).items;

  it("keeps what matches untold until its end, and shows it as silenced", async () => {
    const { status, body } = await silence({ ...routerIs("A"), endsAt: inMs(HOUR_MS) });
    expect(status).toBe(201);
    const { id } = silenceRow.parse(body);
    await incident("A");
    await incident("B");
    expect(await told(look)).toEqual(["firing: firing OpenIncident B"]);
    const { items } = alertList.parse((await test.get(`/api/v1/alerts?environment=${environment}`)).body);
    expect(items.find(({ labels }) => labels.router === "A")).toMatchObject({ phase: "firing", silencedBy: id });
    test.clock.nowMs += HOUR_MS;
    expect(await told(look), "its end came").toEqual(["firing: firing OpenIncident A, firing OpenIncident B"]);
    expect(await list("standing")).toEqual([]);
    expect(await list("ended")).toMatchObject([{ id, state: "ended", expiredBy: null }]);
  });

  it("gives Alertmanager no all-clear for what fires on under it, and tells nobody else", async () => {
    await test.db.prisma.alertChannel.create({
      data: channelRow({ id: environment, kind: "alertmanager", environments: [environment] }),
    });
    const heard = async (channelId: string) => {
      const where = { channelId, environment, groupKey: { contains: "open_incident" } };
      const [last] = await test.db.prisma.alertDelivery.findMany({ where, orderBy: { seq: "desc" }, take: 1 });
      return readNotification(last?.notification).alerts.map(({ labels }) => labels.router);
    };
    await incident("A");
    await look();
    await silence({ ...routerIs("A"), endsAt: inMs(HOUR_MS) });
    await incident("B");
    test.clock.nowMs += 60_000;
    await look();
    expect(await heard(environment)).toEqual(["B", "A"]);
    expect(await heard("all")).toEqual(["B"]);
  });

  it("is ended early, by name, and what it kept quiet is told then", async () => {
    const person = { cookie: await test.signIn("Rita"), authorization: "", origin: test.url };
    const { body } = await silence({ ...routerIs("A"), endsAt: inMs(HOUR_MS) }, person);
    await incident("A");
    expect(await told(look)).toEqual([]);
    const { id } = silenceRow.parse(body);
    const end = () => send("DELETE", `silences/${id}?environment=${environment}`, undefined, person);
    expect((await end()).body).toMatchObject({ state: "ended", expiredBy: "Rita", createdBy: "Rita" });
    expect((await end()).status, "twice is no error").toBe(200);
    expect(await told(look)).toEqual(["firing: firing OpenIncident A"]);
    const { items } = auditList.parse((await test.get("/api/v1/audit?action=silence_ended")).body);
    expect(items).toMatchObject([{ target: id, actor: { name: "Rita" } }]);
  });

  it.each([
    [{ endsAt: undefined }, "endsAt"],
    [{ endsAt: "2020-01-01T00:00:00Z" }, "endsAt"],
    [{ endsAt: "2099-01-01T00:00:00Z" }, "endsAt"],
    [{ comment: " " }, "comment"],
    [{ matchers: [{ name: "router", op: "!=", value: "A" }] }, "matchers"],
    [{ matchers: [{ name: "router", op: "=~", value: ".*" }] }, "matchers.0.op"],
    [{ author: "me" }, "author"],
  ])("is refused by the field: %j", async (wrong, field) => {
    const { status, body } = await silence({ ...routerIs("A"), endsAt: inMs(HOUR_MS), ...wrong });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { details: [{ field }] } });
  });

  it("is made by people and admins only, and found in its own environment only", async () => {
    const read = { authorization: `Bearer ${await test.makeKey("read", ["*"])}` };
    expect((await silence({ ...routerIs("A"), endsAt: inMs(HOUR_MS) }, read)).status).toBe(403);
    const { id } = silenceRow.parse((await silence({ ...routerIs("A"), endsAt: inMs(HOUR_MS) })).body);
    expect((await send("DELETE", `silences/${id}?environment=elsewhere`)).status).toBe(404);
    expect(await list("standing")).toMatchObject([{ id, state: "active", comment: "Known." }]);
  });
});
