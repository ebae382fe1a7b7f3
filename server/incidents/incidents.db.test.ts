import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IncidentDetail, incidentDetail, incidentHistory, incidentList, overview } from "@/contracts/http";
import { instantiate, loadScenarios } from "@/e2e/support/scenario";
import { createLeakKit, type LeakKit } from "./testing/leak-kit";

const MINUTE_MS = 60_000;
const LEAK = loadScenarios().find(({ name }) => name === "leak-wrong-connection") ?? expect.unreachable();
let kit: LeakKit;
beforeAll(async () => {
  kit = await createLeakKit((place) => instantiate(LEAK, place).events);
});
afterAll(() => kit.close());

const leak = (environment: string, prefix: string, version?: string) => kit.leak(environment, prefix, version);

/** The environment's only leak to a wrong recipient. */
async function only(environment: string): Promise<IncidentDetail> {
  const address = `/api/v1/incidents/${await kit.only(environment)}?environment=${environment}`;
  return incidentDetail.parse((await kit.test.get(address)).body);
}

async function change(id: string, body: object, headers: Record<string, string>) {
  const response = await fetch(`${kit.test.url}/api/v1/incidents/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const as = async (name: string) => ({ cookie: await kit.test.signIn(name) });
const history = async (id: string) => {
  const { items } = incidentHistory.parse((await kit.test.get(`/api/v1/incidents/${id}/history`)).body);
  return items.map(({ action, actor, version, note }) => [action, actor.name, version ?? note]);
};

describe("an incident", () => {
  it("is acknowledged by name, resolved, and regressed by the next occurrence, which names its version", async () => {
    await leak("life", "a-", "1.0");
    const { id, revision } = await only("life");
    const told = kit.test.told.length;
    const first = await change(id, { status: "acknowledged", revision, note: "Looking." }, await as("Ada"));
    expect(first).toMatchObject({ status: 200, body: { status: "acknowledged", acknowledged: { by: "Ada" } } });
    expect(kit.test.told.slice(told)).toEqual(["life"]);
    await leak("life", "b-", "1.0");
    expect(await only("life")).toMatchObject({ status: "acknowledged", occurrences: 2 });
    expect((await change(id, { status: "resolved" }, await as("Ben"))).body).toMatchObject({ resolved: { by: "Ben" } });
    await leak("life", "c-", "1.1");
    expect(await only("life")).toMatchObject({
      ...{ status: "regressed", occurrences: 3, acknowledged: null, resolved: { by: "Ben" } },
      regressed: { version: "1.1", at: new Date(kit.test.clock.nowMs - 3_000).toISOString() },
    });
    expect(await history(id)).toEqual([
      ["regressed", null, "1.1"],
      ["resolved", "Ben", null],
      ["noted", "Ada", "Looking."],
      ["acknowledged", "Ada", null],
      ["detected", null, "1.0"],
    ]);
    const { body: audit } = await kit.test.get<{ items: object[] }>(
      `/api/v1/audit?action=incident_changed&target=${id}`,
    );
    expect(audit.items).toMatchObject([
      { actor: { name: "Ben" }, environment: "life", detail: { actions: ["resolved"] } },
      { actor: { name: "Ada" }, environment: "life", detail: { actions: ["acknowledged", "noted"] } },
    ]);
    expect(JSON.stringify(audit)).not.toContain("Looking");
  });

  it("stays resolved when known occurrences are reported once more", async () => {
    const events = await leak("again", "a-", "1.0");
    const { id } = await only("again");
    await change(id, { status: "resolved" }, await as("Ada"));
    const sent = events.at(-1) ?? expect.unreachable();
    await kit.take([...events, { ...sent, id: randomUUID(), stage: "acked" }]);
    await kit.judge.drain();
    expect(await only("again")).toMatchObject({ status: "resolved", occurrences: 1 });
  });

  it("lets the first of two people who do the same keep the name, and refuses what rests on an old state", async () => {
    await leak("race", "a-");
    const { id, revision } = await only("race");
    const people = await Promise.all(["Ada", "Ben", "Cyd"].map(as));
    const both = await Promise.all(people.map((who) => change(id, { status: "acknowledged", revision }, who)));
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(both.map(({ body }) => JSON.stringify(body.acknowledged))).size).toBe(1);
    expect((await history(id)).filter(([action]) => action === "acknowledged")).toHaveLength(1);
    const late = await change(id, { status: "resolved", revision }, await as("Ada"));
    expect(late).toMatchObject({ status: 409, body: { error: { code: "changed_meanwhile" } } });
    await change(id, { status: "resolved" }, await as("Ada"));
    const wrong = await change(id, { status: "acknowledged" }, await as("Ben"));
    expect(wrong).toMatchObject({ status: 409, body: { error: { code: "wrong_state" } } });
  });

  it("is resolved and brought back in some order when both happen at once, each step from where the last one led", async () => {
    await leak("both", "a-");
    const id = await kit.only("both");
    const who = await as("Ada");
    for (let round = 0; round < 8; round++) {
      await Promise.all([leak("both", `r${round}-`, `1.${round}`), change(id, { status: "resolved" }, who)]);
    }
    const { items } = incidentHistory.parse((await kit.test.get(`/api/v1/incidents/${id}/history?limit=200`)).body);
    const moves = items.filter(({ from }) => from !== null).reverse();
    const led = moves.map(({ action }) => action);
    expect(moves.map(({ from }) => from)).toEqual(["open", ...led.slice(0, -1)]);
    const now = await only("both");
    expect(now).toMatchObject({ occurrences: 9, status: led.at(-1), revision: moves.length });
  });

  it("is found by its severity, rule, router and state", async () => {
    await leak("found", "a-");
    const id = await kit.only("found");
    const ids = async (query: string) =>
      incidentList
        .parse((await kit.test.get(`/api/v1/incidents?environment=found&${query}`)).body)
        .items.map((row) => row.id);
    const every = "rule=wrong_recipient&severity=critical,high&router=WebSocketEventRouter&status=open";
    expect(await ids(every)).toEqual([id]);
    for (const none of ["severity=warning", "router=Other", "status=resolved", "rule=wrong_thread", "muted=true"]) {
      expect(await ids(none), none).not.toContain(id);
    }
    for (const field of ["muted", "rule", "status", "severity"]) {
      const refused = await kit.test.get(`/api/v1/incidents?${field}=perhaps`);
      expect(refused).toMatchObject({ status: 400, body: { error: { details: [{ field }] } } });
    }
  });

  it("is counted as open and critical unless it is muted, until the mute ends by the clock", async () => {
    await leak("mute", "a-");
    const { id } = await only("mute");
    const counted = async () =>
      overview.parse((await kit.test.get("/api/v1/overview?environment=mute")).body).incidents;
    const { open, critical } = await counted();
    expect(critical).toBe(1);
    const until = new Date(kit.test.clock.nowMs + 30 * MINUTE_MS).toISOString();
    const muted = await change(id, { mutedUntil: until }, await as("Ada"));
    expect(muted.body).toMatchObject({ mutedUntil: until, mutedBy: "Ada", status: "open" });
    expect(await counted()).toEqual({ open: open - 1, critical: 0 });
    const list = async (muted: string) =>
      incidentList.parse((await kit.test.get(`/api/v1/incidents?environment=mute&muted=${muted}`)).body).items;
    expect((await list("true")).map((row) => row.id)).toEqual([id]);
    expect((await list("false")).map((row) => row.id)).not.toContain(id);
    kit.test.clock.nowMs += 30 * MINUTE_MS;
    expect(await counted()).toEqual({ open, critical });
    expect(await only("mute")).toMatchObject({ mutedUntil: null, mutedBy: null });
    const past = await change(id, { mutedUntil: until }, await as("Ada"));
    expect(past).toMatchObject({ status: 400, body: { error: { details: [{ field: "mutedUntil" }] } } });
  });

  it("is withdrawn when the owner's connection turns out to be somebody else's, and cannot be acted on", async () => {
    const events = await leak("wrong", "a-");
    const { id } = await only("wrong");
    await change(id, { status: "acknowledged" }, await as("Ada"));
    // Bob's connection was closed and opened again for Alice before the answer went out.
    const [opened] = events;
    const at = (ms: number) => new Date(Date.parse(opened?.time ?? "") + ms).toISOString();
    const about = { environment: "wrong", connectionId: "a-c4" };
    await kit.take([
      { ...about, id: "close", stage: "connection_closed", time: at(300) },
      { ...about, id: "open", stage: "connection_opened", time: at(310) },
      { ...about, id: "auth", stage: "connection_authenticated", userId: "a-alice", time: at(320) },
    ]);
    await kit.judge.drain();
    expect(await only("wrong")).toMatchObject({ status: "withdrawn", occurrences: 0 });
    expect(await change(id, { status: "resolved" }, await as("Ada"))).toMatchObject({ status: 409 });
    expect((await change(id, { note: "False alarm." }, await as("Ada"))).status).toBe(200);
    await leak("wrong", "b-");
    expect(await only("wrong")).toMatchObject({ status: "open", occurrences: 1, acknowledged: null });
  });
});

describe("who may change it", () => {
  it("is any person, by name, and an admin key; no key that only reads, and nobody from elsewhere", async () => {
    await leak("rights", "a-");
    const { id } = await only("rights");
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    const note = { note: "x" };
    expect((await change(id, note, bearer(await kit.test.makeKey("read", ["rights"])))).status).toBe(403);
    expect((await change(id, note, bearer(await kit.test.makeKey("admin", ["elsewhere"])))).status).toBe(404);
    expect((await change(id, note, bearer(await kit.test.makeKey("admin", ["rights"])))).status).toBe(200);
    expect((await change(id, note, await as("Rita"))).status).toBe(200);
    expect((await change(id, note, { ...(await as("Rita")), origin: "https://evil.example" })).status).toBe(403);
    expect(await history(id)).toMatchObject([
      ["noted", "Rita", "x"],
      ["noted", "admin key", "x"],
      ["detected", null, null],
    ]);
  });

  it.each([
    [{}],
    [{ status: "regressed" }],
    [{ note: "  " }],
    [{ mutedUntil: "tomorrow" }],
    [{ note: "x", by: "Eve" }],
  ])("is refused %j", async (body: object) => {
    const { id } = await only("rights");
    expect((await change(id, body, await as("Ada"))).status).toBe(400);
  });
});

it("forgets an erased user in what people wrote", async () => {
  await leak("forget", "a-");
  const { id } = await only("forget");
  await change(id, { note: "a-bob (a-bob2 too) saw a-alice's answer; told a-bob." }, await as("Ada"));
  expect((await kit.erase("a-bob", "forget")).status).toBe(200);
  const pseudonym = kit.test.erased.pseudonymOf("a-bob");
  expect((await history(id))[0]?.[2]).toBe(`${pseudonym} (a-bob2 too) saw a-alice's answer; told ${pseudonym}.`);
});
