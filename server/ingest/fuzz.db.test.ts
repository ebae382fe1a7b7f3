import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BatchAnswer } from "@/contracts/http";
import { type IngestKit, startIngestKit, wireEvent } from "./testing/ingest-kit";

let kit: IngestKit;
beforeAll(async () => {
  kit = await startIngestKit();
});
afterAll(() => kit.close());

const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;

/** Raw JSON of bad items, since some cannot be written by an encoder, with the code and the name that the answer must hold. */
function badItems(prefix: string): [json: string, code: string, named: string][] {
  const good = (fields: Record<string, unknown>) => JSON.stringify(wireEvent({ id: `${prefix}-bad`, ...fields }));
  const raw = (field: string, json: string) => good({ [field]: "HERE" }).replace('"HERE"', json);
  return [
    [raw("id", '"a\\u0000b"'), "invalid_field", "id"],
    [raw("runId", '"\\u0000"'), "invalid_field", "runId"],
    [raw("userId", '"\\ud800"'), "invalid_field", "userId"],
    [raw("messageId", '"x\\udc00y"'), "invalid_field", "messageId"],
    [good({ id: "x".repeat(6_000) }), "too_long", "id"],
    [good({ connectionId: "é".repeat(3_000) }), "too_long", "connectionId"],
    [good({ time: "1970-01-01T00:00:00Z" }), "time_out_of_range", "time"],
    [good({ time: 0 }), "time_out_of_range", "time"],
    [good({ time: "2099-01-01T00:00:00.000Z" }), "time_out_of_range", "time"],
    [good({ time: "+275760-09-13T00:00:00.000Z" }), "time_out_of_range", "time"],
    [good({ time: 8.64e15 }), "time_out_of_range", "time"],
    [good({ time: -1e30 }), "time_out_of_range", "time"],
    [raw("time", "1e999"), "invalid_field", "time"],
    [raw("payload", deep), "too_deep", "32"],
    [raw("attributes", deep), "too_deep", "32"],
    [raw("extra", deep.replaceAll("[", '{"a":').replace('{"a":]', '{"a":1}').replaceAll("]", "}")), "too_deep", "32"],
    [deep, "invalid_item", "object"],
    [good({ id: 7 }), "invalid_field", "id"],
    [good({ id: { a: 1 } }), "invalid_field", "id"],
    [good({ time: {} }), "invalid_field", "time"],
    [good({ stage: ["emitted"] }), "invalid_stage", "stage"],
    [good({ type: 3 }), "invalid_field", "type"],
    [good({ userId: [] }), "invalid_field", "userId"],
    [good({ seq: "first" }), "invalid_field", "seq"],
    [good({ seq: 1e300 }), "invalid_field", "seq"],
    [good({ attempt: 3_000_000_000 }), "invalid_field", "attempt"],
    [good({ durationMs: "fast" }), "invalid_field", "durationMs"],
    [good({ outcome: true }), "invalid_field", "outcome"],
    [good({ errorMessage: {} }), "invalid_field", "errorMessage"],
    [good({ attributes: "none" }), "invalid_field", "attributes"],
    [good({ attributes: { nested: { a: 1 } } }), "invalid_field", "attributes"],
    [good({ scope: 1 }), "invalid_field", "scope"],
    [good({ payload: "x".repeat(70_000) }), "payload_too_large", "payload"],
    ["null", "invalid_item", "object"],
    ["17", "invalid_item", "object"],
    ['"text"', "invalid_item", "object"],
    ["[]", "invalid_item", "object"],
    ["{}", "missing_field", "id"],
  ];
}

/** Good rows with everything that content may hold. */
function oddButGood(prefix: string): string[] {
  const content = '"NUL \\u0000, lone \\ud800 surrogate, \\udc00 reversed, \\ud83d\\ude00 fine"';
  const odd = (field: string, json: string) =>
    JSON.stringify(wireEvent({ id: `${prefix}-${field}`, [field]: "HERE" })).replace('"HERE"', json);
  return [
    odd("payload", content),
    odd("errorMessage", content),
    odd("attributes", `{${content}: ${content}}`),
    odd("unknown", `{${content}: [${content}]}`),
    odd("payload2", `{"__proto__": {"constructor": ${content}}, "toString": 1}`),
    odd("userId", '"\\ud83d\\ude00 é 漢字 \'\\"\\\\,{}NULL"'),
    odd("router", `"${"é".repeat(128)}"`),
    odd("seq", "-9007199254740991"),
    odd("durationMs", "1e300"),
    odd("attempt", "2147483647"),
  ];
}

/** Good and bad items in turn, and what must come of them. */
function mixture(prefix: string) {
  const bad = badItems(prefix);
  const odd = oddButGood(prefix);
  const goods = bad.map((_, index) => odd[index] ?? JSON.stringify(wireEvent({ id: `${prefix}-good-${index}` })));
  return { bad, goods, json: `[${bad.flatMap(([item], index) => [goods[index], item]).join(",")}]` };
}

async function expectSorted(answer: BatchAnswer, { bad, goods }: ReturnType<typeof mixture>) {
  expect(answer.rejected.map(({ index, code }) => [index, code])).toEqual(bad.map(([, code], i) => [2 * i + 1, code]));
  for (const [position, { message }] of answer.rejected.entries()) expect(message).toContain(bad[position]?.[2]);
  expect(answer).toMatchObject({ accepted: goods.length, duplicates: 0, rejectedTotal: bad.length });
  const ids = goods.map((item) => (JSON.parse(item ?? "{}") as { id: string }).id);
  expect(await kit.db.prisma.telemetryEvent.count({ where: { id: { in: ids } } })).toBe(ids.length);
}

describe("bad rows beside good ones", () => {
  it("over HTTP: the good rows are stored, each bad one is named", async () => {
    const mixed = mixture("http");
    const { status, body } = await kit.post(mixed.json);
    expect(status).toBe(200);
    await expectSorted(body, mixed);
  });

  it("as NDJSON: broken UTF-8 and broken lines cost only themselves", async () => {
    const line = (id: string) => Buffer.from(`${JSON.stringify(wireEvent({ id }))}\n`);
    const broken = Buffer.from(JSON.stringify(wireEvent({ id: "HERE" })).replace("HERE", "a\xffb"), "latin1");
    const body = Buffer.concat([line("nd-1"), Buffer.from("\0\n"), broken, Buffer.from("\n{\n"), line("nd-2")]);
    const { body: answer } = await kit.post(body, { "content-type": "application/x-ndjson" });
    expect(answer).toMatchObject({ accepted: 2, rejectedTotal: 3 });
    expect(answer.rejected.map(({ index, code }: { index: number; code: string }) => [index, code])).toEqual([
      [1, "invalid_json"],
      [2, "invalid_field"],
      [3, "invalid_json"],
    ]);
  });

  it("over a socket: the same", async () => {
    const mixed = mixture("socket");
    await expectSorted(await pushRaw(kit.url, mixed.json), mixed);
  });

  it("a time whose day has no partition yet is stored all the same", async () => {
    const ids = await Promise.all(
      [1, 5, 13].map(async (days) => {
        const event = wireEvent({ time: Date.now() - days * 86_400_000 });
        expect((await kit.post(event)).body).toMatchObject({ accepted: 1 });
        return String(event.id);
      }),
    );
    expect(await kit.db.prisma.telemetryEvent.count({ where: { id: { in: ids } } })).toBe(3);
  });
});

/** Pushes raw JSON by the bytes of the protocol: a client library walks what it sends, and cannot send the deepest items. */
async function pushRaw(url: string, events: string): Promise<BatchAnswer> {
  const poll = `${url}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(poll)).text()).slice(1)) as { sid: string };
  const send = (packet: string) => fetch(`${poll}&sid=${sid}`, { method: "POST", body: packet });
  await send('40/telemetry,{"key":"ingest-key"}');
  await send(`42/telemetry,0["telemetry",{"events":${events}}]`);
  while (true) {
    const packets = (await (await fetch(`${poll}&sid=${sid}`)).text()).split("\u001e");
    const ack = packets.find((packet) => packet.startsWith("43/telemetry,0"));
    if (ack) return (JSON.parse(ack.slice("43/telemetry,0".length)) as [BatchAnswer])[0];
  }
}
