import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { playDays } from "@/synthetic/days/play-days";
import { sendDays } from "./send-days";

const days = { seed: 7, events: 4_500, days: 1, endMs: Date.UTC(2026, 10, 20, 12), environment: "test" };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Taken = { id: string }[];

/** A server that takes batches as `answer` says; answers its address. */
async function receiver(answer: (events: Taken, response: ServerResponse) => void): Promise<string> {
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answer(JSON.parse(gunzipSync(Buffer.concat(chunks)).toString("utf8")) as Taken, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const accept = (response: ServerResponse, some = {}) =>
  response.end(JSON.stringify({ accepted: 0, duplicates: 0, rejected: [], rejectedTotal: 0, ...some }));

describe("sending made-up days", () => {
  it("sends every event once, a bounded number at a time", async () => {
    const batches: Taken[] = [];
    const url = await receiver((events, response) => {
      batches.push(events);
      accept(response);
    });
    const { sent, story } = await sendDays({ url, key: "k" }, days);
    expect(sent).toBe(days.events);
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(1_000);
    const made = [...playDays(days)];
    expect(
      batches
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(made.flatMap(({ events }) => events.map(({ id }) => id)).sort());
    expect(story.journeys()).toBe(made.reduce((sum, { labels }) => sum + labels.length, 0));
    expect(story.leak()?.label.leakedTo).toHaveLength(1);
  });

  it("waits when it is asked to, and then goes on with the same batch", async () => {
    const asked = new Set<string>();
    const url = await receiver((events, response) => {
      const first = events[0]?.id ?? "";
      if (asked.has(first)) return accept(response);
      asked.add(first);
      response.writeHead(429, { "retry-after": "0" }).end();
    });
    const { sent, waits } = await sendDays({ url, key: "k" }, days);
    expect(sent).toBe(days.events);
    expect(waits).toBe(asked.size);
  });

  it("says which event was rejected, and why", async () => {
    const rejected = [{ index: 0, id: "e1", code: "time_out_of_range", message: "too old" }];
    const url = await receiver((_events, response) => accept(response, { rejected, rejectedTotal: 7 }));
    await expect(sendDays({ url, key: "k" }, days)).rejects.toThrow("7 events were rejected; the first, e1: too old");
  });

  it("stops when the app is gone", async () => {
    await expect(sendDays({ url: "http://127.0.0.1:1", key: "k" }, days)).rejects.toThrow("fetch failed");
  });
});
