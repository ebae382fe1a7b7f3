import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IngestKit, startIngestKit, until, wireEvent } from "./testing/ingest-kit";

const MIB = 1024 * 1024;
let kit: IngestKit;
beforeAll(async () => {
  kit = await startIngestKit({ maxBytes: 24 * MIB });
});
afterAll(() => kit.close());

/** A request whose body comes in the parts that the test writes. */
function slowPost(headers: Record<string, string>) {
  const url = new URL("/api/v1/telemetry", kit.url);
  const sent = request(url, {
    method: "POST",
    headers: { authorization: "Bearer ingest-key", "content-type": "application/x-ndjson", ...headers },
  });
  const status = new Promise<number | undefined>((resolve) => {
    sent.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", () => resolve(undefined));
  });
  return { sent, status };
}

const packed = (bytes: number) => gzipSync(Buffer.alloc(bytes, "\n"));

describe("telemetry in memory", () => {
  it("counts what comes out of a packed body, while it comes, and forgets it with the answer", async () => {
    const body = packed(15 * MIB);
    const open = slowPost({ "content-encoding": "gzip", "content-length": String(body.length) });
    open.sent.write(body.subarray(0, -100));
    await until(() => expect(kit.budget.inFlight()).toBeGreaterThan(10 * MIB));

    const refused = await kit.post(packed(15 * MIB), { "content-encoding": "gzip" });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: "queue_full" } } });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await kit.post(wireEvent())).toMatchObject({ status: 200, body: { accepted: 1 } });

    open.sent.end(body.subarray(-100));
    expect(await open.status).toBe(200);
    expect(kit.budget.inFlight()).toBe(0);
    const again = await kit.post(packed(15 * MIB), {
      "content-encoding": "gzip",
      "content-type": "application/x-ndjson",
    });
    expect(again).toMatchObject({ status: 200 });
  });

  it("holds nothing for a body that is only announced, and nothing of one that was given up", async () => {
    const silent = slowPost({ "content-length": String(20 * MIB) });
    silent.sent.flushHeaders();
    const other = slowPost({ "content-length": String(20 * MIB) });
    other.sent.write(Buffer.alloc(5 * MIB, "\n"));
    await until(() => expect(kit.budget.inFlight()).toBe(5 * MIB));
    silent.sent.destroy();
    other.sent.destroy();
    await until(() => expect(kit.budget.inFlight()).toBe(0));
  });

  it("asks a pushing socket to wait as it asks a post, and takes the same batch afterwards", async () => {
    const body = packed(19 * MIB);
    const open = slowPost({ "content-encoding": "gzip", "content-length": String(body.length) });
    open.sent.write(body.subarray(0, -100));
    await until(() => expect(kit.budget.inFlight()).toBeGreaterThan(18 * MIB));

    const socket = io(`${kit.url}/telemetry`, {
      auth: { key: "ingest-key" },
      transports: ["websocket"],
      forceNew: true,
    });
    const batch = { events: [wireEvent(), { filler: "x".repeat(8 * MIB) }] };
    expect(await socket.emitWithAck("telemetry", batch)).toEqual({
      error: { code: "queue_full", message: expect.any(String), retryAfterMs: expect.any(Number) },
    });
    open.sent.end(body.subarray(-100));
    await open.status;
    expect(await socket.emitWithAck("telemetry", batch)).toMatchObject({ accepted: 1, rejectedTotal: 1 });
    await until(() => expect(kit.budget.inFlight()).toBe(0));
    socket.disconnect();
  });
});
