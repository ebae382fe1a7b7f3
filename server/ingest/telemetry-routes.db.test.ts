import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "@/server/access/principal";
import { createRateLimits } from "@/server/access/rate-limits";
import { type IngestKit, KEYS, startIngestKit, testAccess, wireEvent } from "./testing/ingest-kit";

let kit: IngestKit;
beforeAll(async () => {
  const limited: Principal = {
    ...{ kind: "key", id: "k-limited", name: "limited", role: "ingest", environments: ["production"] },
    limits: { requestsPerMinute: 5, eventsPerMinute: 5 },
  };
  const access = { ...testAccess({ ...KEYS, "limited-key": limited }), take: createRateLimits(Date.now).take };
  kit = await startIngestKit({ access });
});
afterAll(() => kit.close());

const stored = async (...ids: unknown[]) =>
  (
    await kit.db.prisma.telemetryEvent.findMany({ where: { id: { in: ids.map(String) } }, orderBy: { ordinal: "asc" } })
  ).map(({ id }) => id);

describe("POST /api/v1/telemetry", () => {
  it("has stored what it answers as accepted, with marks for the judge in the same transaction", async () => {
    const event = wireEvent({ runId: "run-1", time: "2026-11-20T10:00:00.123456Z" });
    const received = wireEvent({
      stage: "received",
      type: "user_message",
      connectionId: "c1",
      runId: null,
      messageId: "m-in",
    });
    const past = { ...event, time: new Date(Date.now() - 60_000).toISOString().replace("Z", "456Z") };
    const { status, body } = await kit.post([past, received]);
    expect({ status, body }).toEqual({
      status: 200,
      body: { accepted: 2, duplicates: 0, rejected: [], rejectedTotal: 0 },
    });
    const row = await kit.db.prisma.telemetryEvent.findFirstOrThrow({ where: { id: String(event.id) } });
    expect(row).toMatchObject({
      environment: "production",
      runId: "run-1",
      stage: "emitted",
      outcome: "ok",
      scope: "user",
    });
    const marks = await kit.db.prisma.dirtyMark.findMany();
    expect(marks.map(({ kind, key }) => [kind, key])).toEqual(
      expect.arrayContaining([
        ["run", "run-1"],
        ["message", "m-in"],
      ]),
    );
  });

  it("counts a resend as a duplicate and makes no marks for it", async () => {
    const event = wireEvent();
    await kit.post(event);
    const before = await kit.db.prisma.dirtyMark.count();
    expect((await kit.post([event, event])).body).toMatchObject({ accepted: 0, duplicates: 2 });
    expect((await kit.post({ ...event, time: Number(event.time) + 5 })).body).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    expect(await kit.db.prisma.dirtyMark.count()).toBe(before);
    const note = await kit.db.prisma.qualityNote.findFirst({ where: { code: "id_reused" } });
    expect(note).toMatchObject({ count: 1n, sample: event.id });
  });

  it("takes one event, an array, { events } and NDJSON, plain, gzip and deflate", async () => {
    const events = Array.from({ length: 6 }, () => wireEvent());
    const [one, two, three, four, five, six] = events;
    await kit.post(one);
    await kit.post([two]);
    await kit.post({ sentAt: Date.now(), events: [three] });
    const ndjson = `${JSON.stringify(four)}\r\n\n{"id": nonsense}\n${JSON.stringify(five)}\n`;
    const lines = await kit.post(ndjson, { "content-type": "application/x-ndjson; charset=utf-8" });
    expect(lines.body).toMatchObject({ accepted: 2, rejectedTotal: 1, rejected: [{ index: 1, code: "invalid_json" }] });
    expect(lines.body.rejected[0].message).toBe("line 3, column 8: not JSON");
    const packed = gzipSync(JSON.stringify([six]));
    expect((await kit.post(packed, { "content-encoding": "gzip" })).body.accepted).toBe(1);
    expect((await kit.post(deflateSync("[]"), { "content-encoding": "deflate" })).status).toBe(200);
    expect(await stored(...events.map(({ id }) => id))).toHaveLength(6);
  });

  it("answers an empty batch with zeros", async () => {
    for (const body of ["[]", '{"events":[]}']) {
      expect(await kit.post(body)).toMatchObject({
        status: 200,
        body: { accepted: 0, duplicates: 0, rejectedTotal: 0 },
      });
    }
  });

  it("answers 200 with a result for each item even when none is accepted", async () => {
    const { status, body } = await kit.post([{ id: "x" }, 7]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accepted: 0,
      rejectedTotal: 2,
      rejected: [{ code: "missing_field" }, { code: "invalid_item" }],
    });
  });

  it("names the place of a syntax error and repeats nothing of the body", async () => {
    const { status, body } = await kit.post('[{"id": "a"},\n {"id": secret-text}]');
    expect(status).toBe(400);
    expect(body.error).toEqual({
      code: "invalid_json",
      message: "the body is not JSON: unexpected at line 2, column 9",
    });
  });

  it.each([
    ["no key", { authorization: "" }, 401, "unauthorized"],
    ["a read key", { authorization: "Bearer read-key" }, 403, "forbidden"],
    ["a foreign page", { origin: "https://evil.test" }, 403, "origin_not_allowed"],
    ["another media type", { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    ["an unknown encoding", { "content-encoding": "br" }, 415, "unsupported_encoding"],
    ["a body that is not what its encoding says", { "content-encoding": "gzip" }, 400, "invalid_encoding"],
  ])("refuses %s", async (_name, headers, status, code) => {
    expect(await kit.post([wireEvent()], headers)).toMatchObject({ status, body: { error: { code } } });
  });

  it("refuses a body without a media type", async () => {
    const headers = { authorization: "Bearer ingest-key" };
    const body = new TextEncoder().encode(JSON.stringify([wireEvent()]));
    const response = await fetch(`${kit.url}/api/v1/telemetry`, { method: "POST", headers, body });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ error: { code: "unsupported_media_type" } });
  });

  it("refuses more than 20 MiB, before and after inflating, and more than 10,000 events", async () => {
    const big = Buffer.alloc(20 * 1024 * 1024 + 1, " ");
    expect(await kit.post(big)).toMatchObject({ status: 413, body: { error: { code: "body_too_large" } } });
    expect(await kit.post(gzipSync(big), { "content-encoding": "gzip" })).toMatchObject({ status: 413 });
    const many = JSON.stringify(Array.from({ length: 10_001 }, () => 0));
    const lines = "x\n".repeat(5_000_000);
    expect(await kit.post(lines, { "content-type": "application/x-ndjson" })).toMatchObject({ status: 413 });
    expect(await kit.post(many)).toMatchObject({ status: 413, body: { error: { code: "too_many_items" } } });
  });

  it("keeps events to the key's environments; the first is the default", async () => {
    const event = wireEvent({ environment: "staging" });
    const { body } = await kit.post([event, wireEvent({ environment: "other" })]);
    expect(body).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: "environment_not_allowed" }] });
    expect(
      (await kit.post(wireEvent({ environment: "other" }), { authorization: "Bearer admin-key" })).body.accepted,
    ).toBe(1);
  });

  it("measures the sender's clock by the Date header or sentAt", async () => {
    const event = wireEvent({ service: "slow-clock" });
    await kit.post({ sentAt: Date.now() - 5_000, events: [event] });
    const row = await kit.db.prisma.telemetryEvent.findFirstOrThrow({ where: { id: String(event.id) } });
    expect(row.clockOffsetMs).toBeGreaterThanOrEqual(5_000);
    expect(row.clockOffsetMs).toBeLessThan(60_000);
    const other = wireEvent({ service: "dated" });
    await kit.post(other, { date: new Date(Date.now() - 60_000).toUTCString() });
    const dated = await kit.db.prisma.telemetryEvent.findFirstOrThrow({ where: { id: String(other.id) } });
    expect(dated.clockOffsetMs).toBeGreaterThanOrEqual(59_000);
  });

  it("takes no more than the key's minute allows, tells it where it stands, and takes a batch whole or not at all", async () => {
    const authorization = "Bearer limited-key";
    const post = (count: number) =>
      kit.post(
        Array.from({ length: count }, () => wireEvent()),
        { authorization },
      );
    const taken = await post(4);
    expect(taken).toMatchObject({ status: 200, body: { accepted: 4 } });
    expect(taken.headers.get("ratelimit")).toMatch(/^"events";r=1;t=\d+$/);
    const refused = await post(2);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: "too_many_requests" } } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(await post(1)).toMatchObject({ status: 200, body: { accepted: 1 } });
    const requests = await Promise.all([1, 2, 3].map(() => kit.post([], { authorization })));
    expect(requests.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
  });
});
