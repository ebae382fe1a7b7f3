import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditList } from "@/contracts/access";
import { type TimelineEvent, timelineSummary, type UserTimeline, userLanes, userTimeline } from "@/contracts/http";
import { NOW_MS, seedEvents, seedJourneys } from "./testing/seed";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";
import { CSV_COLUMNS } from "./timeline-csv";

let test: TestApp;
const at = (agoMs: number) => new Date(NOW_MS - agoMs);
const connection = { instance: "", n: 0, bindings: [] };

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

async function walk(user: string, query: string): Promise<TimelineEvent[]> {
  const items: TimelineEvent[] = [];
  let cursor: string | null = null;
  do {
    const path = `/api/v1/users/${user}/timeline?${query}${cursor ? `&cursor=${cursor}` : ""}`;
    const page: UserTimeline = userTimeline.parse((await test.get(path)).body);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}
const ids = (items: TimelineEvent[]) => items.map(({ id }) => id);
const download = async (path: string) => {
  const response = await fetch(`${test.url}${path}`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  return { headers: response.headers, text: await response.text() };
};

describe("what belongs to a user's timeline", () => {
  const environment = "whose";
  const event = (id: string, agoMs: number, fields: object) => ({ environment, id, time: at(agoMs), ...fields });
  beforeAll(async () => {
    await test.db.prisma.connectionInterval.createMany({
      data: [
        { ...connection, environment, connectionId: "a1", userId: "ann", openedAt: at(90_000), closedAt: at(30_000) },
        { ...connection, environment, connectionId: "a1", n: 1, userId: "bob", openedAt: at(29_500) },
        { ...connection, environment, connectionId: "b1", userId: "bob", openedAt: at(90_000) },
        {
          ...connection,
          environment,
          connectionId: "switch",
          userId: "bob",
          openedAt: at(90_000),
          bindings: [
            { userId: "bob", atMs: NOW_MS - 80_000, eventId: "x" },
            { userId: "ann", atMs: NOW_MS - 60_000, eventId: "y" },
            { userId: "bob", atMs: NOW_MS - 40_000, eventId: "z" },
          ],
        },
      ],
    });
    await seedJourneys(test.db, [
      {
        id: "run-a",
        key: "r:run-a",
        environment,
        owner: "ann",
        status: "failed",
        startedAt: at(70_000),
        lastEventAt: at(20_000),
        aliases: ["run-a", "1"],
      },
      {
        id: "run-b",
        key: "r:run-b",
        environment,
        owner: "bob",
        startedAt: at(70_000),
        lastEventAt: at(20_000),
        aliases: ["run-b", "1"],
      },
      { id: "ask", key: "q:ask", environment, owner: "ann", startedAt: at(66_000), lastEventAt: at(60_000) },
    ]);
    await seedEvents(test.db, [
      event("claim", 85_000, { userId: "ann", connectionId: "b1", stage: "received" }),
      event("foreign-claim", 84_000, { userId: "bob", connectionId: "b1", stage: "received" }),
      event("on-own-connection", 80_000, { connectionId: "a1", stage: "sent" }),
      event("other-instance", 80_000, { connectionId: "a1", instance: "two", stage: "sent" }),
      event("before-switch", 61_000, { connectionId: "switch", stage: "sent" }),
      event("after-switch", 59_000, { connectionId: "switch", stage: "sent" }),
      event("switched-back", 39_000, { connectionId: "switch", stage: "sent" }),
      event("of-run", 55_000, { runId: "run-a", messageId: "m-9" }),
      event("of-other-run", 55_000, { runId: "run-b", messageId: "m-8" }),
      event("stray-of-run", 54_000, { messageId: "m-9", stage: "dropped", outcome: "error" }),
      event("stray-of-shared-message", 54_000, { messageId: "m-8", stage: "dropped" }),
      event("routed-request", 65_000, { messageId: "ask", stage: "routed", router: "R" }),
      event("answer-to-request", 64_000, { inReplyTo: "ask", messageId: "m-10" }),
      event("shared-id-of-nobody", 63_000, { messageId: "1", stage: "routed" }),
      event("shared-id-of-another", 63_000, { messageId: "1", stage: "routed", userId: "bob" }),
      event("bobs-message-to-ann", 50_000, { runId: "run-b", messageId: "m-7", connectionId: "a1", stage: "sent" }),
      event("anns-message-to-bob", 49_000, { runId: "run-a", messageId: "m-6", connectionId: "b1", stage: "sent" }),
      event("reopened-by-another", 29_000, { connectionId: "a1", stage: "sent" }),
    ]);
  });

  it("holds claims, what was on the user's connections, and the user's journeys, and nothing else", async () => {
    expect(ids(await walk("ann", `environment=${environment}`))).toEqual([
      "claim",
      "on-own-connection",
      "routed-request",
      "answer-to-request",
      "shared-id-of-nobody",
      "after-switch",
      "of-run",
      "stray-of-run",
      "bobs-message-to-ann",
      "anns-message-to-bob",
    ]);
  });

  it("marks another user's message that reached this one, and names the journey of each event", async () => {
    const items = new Map((await walk("ann", `environment=${environment}`)).map((item) => [item.id, item]));
    expect(items.get("bobs-message-to-ann")).toMatchObject({ foreignOwner: "bob", journey: { id: "run-b" } });
    expect(items.get("anns-message-to-bob")).toMatchObject({ connectionUser: "bob", journey: { id: "run-a" } });
    expect(items.get("anns-message-to-bob")).not.toHaveProperty("foreignOwner");
    expect(items.get("routed-request")?.journey).toEqual({ id: "ask", key: "q:ask", status: "succeeded" });
    expect([...items.values()].filter((item) => item.foreignOwner).map(({ id }) => id)).toEqual([
      "bobs-message-to-ann",
    ]);
  });

  it("is narrowed by every filter and by time", async () => {
    const query = (text: string) => walk("ann", `environment=${environment}&${text}`).then(ids);
    expect(await query("stage=dropped")).toEqual(["stray-of-run"]);
    expect(await query("outcome=error")).toEqual(["stray-of-run"]);
    expect(await query("router=R")).toEqual(["routed-request"]);
    expect(await query("connection=b1")).toEqual(["claim", "anns-message-to-bob"]);
    expect(await query("run=run-b")).toEqual(["bobs-message-to-ann"]);
    expect(await query(`from=${at(55_000).toISOString()}&to=${at(50_000).toISOString()}`)).toEqual([
      "of-run",
      "stray-of-run",
    ]);
    expect(await query("type=nothing")).toEqual([]);
    expect((await test.get(`/api/v1/users/ann/timeline?nonsense=1`)).status).toBe(400);
  });

  it("shows its lanes: connections, journeys and leaks in both directions", async () => {
    const incident = { environment, rule: "wrong_recipient", severity: "critical", router: "R" };
    await test.db.prisma.incident.create({
      data: { ...incident, id: "leak", firstSeenAt: at(50_000), lastSeenAt: at(49_000) },
    });
    const occurrence = { ...incident, incidentId: "leak", subject: "r:run-b", eventIds: ["bobs-message-to-ann"] };
    await test.db.prisma.occurrence.createMany({
      data: [
        { ...occurrence, key: "1", owner: "bob", recipient: "ann", occurredAt: at(50_000) },
        { ...occurrence, key: "2", owner: "ann", recipient: "bob", occurredAt: at(49_000) },
        { ...occurrence, key: "3", owner: "bob", recipient: "cy", occurredAt: at(49_000) },
        { ...occurrence, key: "4", owner: "ann", recipient: "cy", occurredAt: at(49_000), withdrawnAt: at(1) },
      ],
    });
    const { body } = await test.get(`/api/v1/users/ann/lanes?environment=${environment}`);
    const lanes = userLanes.parse(body);
    expect(lanes.connections.map(({ connectionId }) => connectionId)).toEqual(["a1"]);
    expect(lanes.journeys.map(({ id, status }) => [id, status])).toEqual([
      ["run-a", "failed"],
      ["ask", "succeeded"],
    ]);
    expect(lanes.leaks.map(({ owner, recipient }) => [owner, recipient])).toEqual([
      ["ann", "bob"],
      ["bob", "ann"],
    ]);
    expect(lanes.omitted).toEqual({ connections: 0, journeys: 0, missing: 0, leaks: 0 });
  });

  it("shows a key only the environments that it covers", async () => {
    const key = await test.makeKey("read", ["elsewhere"]);
    for (const path of ["timeline", "timeline/summary", "timeline/export", "lanes"]) {
      expect((await test.get(`/api/v1/users/ann/${path}?environment=${environment}`, key)).status).toBe(403);
    }
    expect(ids(userTimeline.parse((await test.get("/api/v1/users/ann/timeline", key)).body).items)).toEqual([]);
  });
});

describe("a timeline of many events", () => {
  const environment = "many";
  const EVENTS = 1_500;
  const expected: string[] = [];
  beforeAll(async () => {
    await test.db.prisma.connectionInterval.create({
      data: { ...connection, environment, connectionId: "c", userId: "dee", openedAt: at(9_000_000) },
    });
    await seedJourneys(test.db, [
      { id: "run", environment, owner: "dee", startedAt: at(8_000_000), lastEventAt: at(1_000) },
    ]);
    const events = Array.from({ length: EVENTS }, (_, n) => ({
      environment,
      id: `e-${String(n).padStart(4, "0")}`,
      // Hundreds of events share a moment; half of them have a place in it.
      time: at(8_000_000 - Math.floor(n / 400) * 1_500_000),
      seq: n % 2 ? BigInt(n % 50) : null,
      stage: n % 7 === 0 ? "dropped" : "sent",
      type: `type-${n % 5}`,
      threadId: `t-${n % 3}`,
      ...[{ userId: "dee" }, { connectionId: "c" }, { runId: "run" }][n % 3],
    }));
    await seedEvents(test.db, events);
    const order = (event: (typeof events)[number]) =>
      [event.time.getTime(), Number(event.seq ?? -1), event.id] as const;
    events.sort((a, b) => {
      const [x, y] = [order(a), order(b)];
      return x[0] - y[0] || x[1] - y[1] || (x[2] < y[2] ? -1 : 1);
    });
    expected.push(...events.map(({ id }) => id));
  });

  it.each([1_000, 97, 13])("is paged so that each row comes exactly once, in order (pages of %i)", async (limit) => {
    expect(ids(await walk("dee", `environment=${environment}&limit=${limit}`))).toEqual(expected);
  });

  it("is summarised: figures add up, and each chunk begins where its cursor says", async () => {
    const { body } = await test.get(`/api/v1/users/dee/timeline/summary?environment=${environment}`);
    const summary = timelineSummary.parse(body);
    expect(summary).toMatchObject({ total: EVENTS, coveredFrom: null, firstAt: at(8_000_000).toISOString() });
    expect(summary.buckets.reduce((sum, [, events]) => sum + events, 0)).toBe(EVENTS);
    expect(summary.buckets.reduce((sum, [, , errors]) => sum + errors, 0)).toBe(Math.ceil(EVENTS / 7));
    expect(summary.buckets.at(-1)?.[0]).toBeLessThanOrEqual(600);
    expect(summary.errors).toHaveLength(100);
    expect(summary.facets.thread.map(({ events }) => events)).toEqual([500, 500, 500]);
    expect(summary.chunks).toHaveLength(Math.ceil(EVENTS / summary.chunkRows));
    const third = await test.get<UserTimeline>(
      `/api/v1/users/dee/timeline?environment=${environment}&limit=${summary.chunkRows}&cursor=${summary.chunks[1]?.cursor}`,
    );
    expect(ids(third.body.items)).toEqual(expected.slice(2 * summary.chunkRows, 3 * summary.chunkRows));
    const behind = `/api/v1/users/dee/timeline?environment=${environment}&cursor=${summary.chunks.at(-1)?.cursor}`;
    expect((await test.get<UserTimeline>(behind)).body).toEqual({ items: [], nextCursor: null });
  });

  it("is exported whole, as lines and as a table, narrowed as asked", async () => {
    const path = `/api/v1/users/dee/timeline/export?environment=${environment}`;
    const lines = await download(path);
    expect(lines.headers.get("content-type")).toContain("application/x-ndjson");
    const exported = lines.text.trim().split("\n");
    expect(exported.map((line) => (JSON.parse(line) as TimelineEvent).id)).toEqual(expected);
    const table = await download(`${path}&format=csv`);
    expect(table.headers.get("content-disposition")).toBe('attachment; filename="timeline-dee.csv"');
    const rows = table.text.trimEnd().split("\r\n");
    expect(rows[0]).toBe(CSV_COLUMNS.join(","));
    expect(rows.slice(1).map((row) => row.split(",")[3])).toEqual(expected);
    const part = await download(`${path}&type=type-3&format=ndjson`);
    expect(part.text.trim().split("\n")).toHaveLength(EVENTS / 5);
  });
});

describe("the audit log", () => {
  it("says who read whose timeline, repeated reads once, and who exported it", async () => {
    const read = "/api/v1/users/fay/timeline";
    for (const path of [read, `${read}/summary`, read, "/api/v1/users/fay/lanes"]) {
      expect((await test.get(`${path}?environment=audited`)).status).toBe(200);
    }
    await download(`${read}/export?environment=audited&format=csv`);
    const { body } = await test.get("/api/v1/audit?target=fay");
    expect(auditList.parse(body).items).toMatchObject([
      { action: "events_exported", environment: "audited", detail: { format: "csv" }, times: 1 },
      { action: "timeline_read", environment: "audited", times: 4, actor: { kind: "key" } },
    ]);
  });
});

describe("an export as CSV", () => {
  it("gives a spreadsheet nothing that it takes for a formula, and keeps every character", async () => {
    const environment = "cells";
    const types = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", 'a "quoted", value', "line\nbreak"];
    await seedEvents(
      test.db,
      types.map((type, n) => ({
        environment,
        id: `c-${n}`,
        time: at(10_000 - n),
        userId: "eve",
        type,
      })),
    );
    const { text } = await download(`/api/v1/users/eve/timeline/export?environment=${environment}&format=csv`);
    for (const type of types.slice(0, 6)) {
      expect(text).toContain(`'${type}`);
      expect(text).not.toMatch(new RegExp(`,"?${type.replace(/\W/g, "\\$&")}`));
    }
    expect(text).toContain('"a ""quoted"", value"');
    expect(text).toContain('"line\nbreak"');
  });

  it("has its names also where nobody is known by the id", async () => {
    const { text } = await download("/api/v1/users/nobody/timeline/export?format=csv");
    expect(text).toBe(`${CSV_COLUMNS.join(",")}\r\n`);
    expect((await download("/api/v1/users/nobody/timeline/export")).text).toBe("");
  });
});
