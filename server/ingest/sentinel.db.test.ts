import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSources } from "@/server/sources/start-sources";
import { eventually } from "@/server/storage/testing/eventually";
import { type IngestKit, startIngestKit } from "./testing/ingest-kit";

/** One that is a sentence and one that looks like a token: only allow-listed names may let the second through. */
const SENTENCE = "Sentinel: my account number is 4711-0815";
const TOKEN = "sentinel-4711-0815";
/** Written so that no random digits and no time hold it by chance. */
const SEEN = /sentinel|4711-0815/i;

let kit: IngestKit;
const answers: string[] = [];
let counter = 0;
beforeAll(async () => {
  kit = await startIngestKit();
});
afterAll(() => kit.close());

/** Events that hold `text` in every position where a string may stand, except ids and names, and allow-listed values. */
function planted(text: string): Record<string, unknown>[] {
  const deep = { [text]: [text, { [text]: { result: text, recipient_id: [text], ["__proto__"]: text } }] };
  const events: Record<string, unknown>[] = [
    { payload: text },
    { payload: [text, [text]] },
    { payload: deep },
    { payload: { text, message: { content: text }, data: deep } },
    { data: deep },
    { data: { user_id: "alice", [text]: text } },
    { payload: "shadow", data: { text } },
    { errorMessage: text, outcome: "error" },
    { error_message: text },
    { attributes: { [text]: text, message: text, [`a.${text}`]: text, closeCode: 1000 } },
    { [text]: text },
    { [text]: { [text]: [text] } },
    { custom: text, execution_time: text, nested: { list: [text] } },
    // Rejected items: the answer must not repeat them either.
    { stage: text },
    { time: text },
    { environment: text },
    { scope: text },
    { outcome: text },
    { seq: text },
    { attempt: text },
    { durationMs: text },
    { payloadBytes: text },
    { attributes: text },
    { attributes: [text] },
    { attributes: { [text]: { [text]: text } } },
    { attributes: { [text]: text.repeat(500) } },
    { payload: text.repeat(3_000) },
    { router: `${text}\0` },
    { userId: { [text]: text } },
    { id: `${text}\0` },
    { id: text.repeat(50) },
  ];
  // A name that is no token is not kept as such, but these are contents as soon as they are sentences.
  if (text === SENTENCE) {
    events.push(
      { errorCode: text },
      { payloadHash: text },
      { payload: { type: text, status: text, state: text, recipient_id: text, userId: text, target_user_id: text } },
      { attributes: { state: text, component: text, reason: text } },
      { stage: "state", attributes: { state: text, component: text } },
    );
  }
  return events.map((fields) => ({
    id: `e${++counter}`,
    time: Date.now(),
    stage: "emitted",
    type: "agent_started",
    ...fields,
  }));
}

const everything = () => [...planted(SENTENCE), ...planted(TOKEN), SENTENCE, [SENTENCE], { [SENTENCE]: SENTENCE }];

/** All rows of all tables as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await kit.db.pool.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await kit.db.pool.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
    parts.push(...rows.map(({ line }) => `${name}: ${line}`));
  }
  return parts.join("\n");
}

async function stored(): Promise<number> {
  return kit.db.prisma.telemetryEvent.count();
}

describe("content that sources send", () => {
  it("over HTTP", async () => {
    const post = async (body: unknown, headers?: Record<string, string>) => {
      const answer = await kit.post(body, headers);
      answers.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]));
    };
    const before = await stored();
    await post(everything());
    await post({ events: everything(), sentAt: SENTENCE, [SENTENCE]: SENTENCE });
    const lines = everything().map((item) => JSON.stringify(item));
    const ndjson = [...lines, SENTENCE, `{"a": ${TOKEN}}`].join("\n");
    await post(ndjson, { "content-type": "application/x-ndjson" });
    await post(`[{"payload": "${SENTENCE}" ${TOKEN}]`);
    await post(`"${SENTENCE}"`);
    await post(SENTENCE, { "content-type": `text/${TOKEN}` });
    await post(SENTENCE, { "content-encoding": TOKEN });
    await post(SENTENCE, { "content-encoding": "gzip" });
    await post([], { authorization: `Bearer ${TOKEN}` });
    expect(await stored()).toBeGreaterThan(before + 60);
  });

  it("over push", async () => {
    const before = await stored();
    const socket = io(`${kit.url}/telemetry`, {
      auth: { key: "ingest-key" },
      transports: ["websocket"],
      forceNew: true,
    });
    for (const batch of [
      { events: everything() },
      { events: SENTENCE },
      { events: everything(), sentAt: TOKEN },
      SENTENCE,
      { [SENTENCE]: TOKEN },
    ]) {
      answers.push(JSON.stringify(await socket.emitWithAck("telemetry", batch)));
    }
    socket.disconnect();
    expect(await stored()).toBeGreaterThan(before + 30);
  });

  it("over a subscription", async () => {
    const before = await stored();
    const http = createServer();
    const source = new Server(http);
    source.on("connection", async (socket) => {
      for (const batch of [
        { cursor: "1", events: everything() },
        { events: everything() },
        { cursor: `\0${TOKEN}`, events: [] },
        SENTENCE,
      ]) {
        answers.push(JSON.stringify(await socket.emitWithAck("telemetry", batch)));
      }
      socket.emit("gap", SENTENCE);
      socket.emit("gap", { from: SENTENCE, to: `\0${SENTENCE}`, lost: TOKEN });
      socket.disconnect(true);
    });
    const refusing = source
      .of("/refusing")
      .use((_socket, next) => next(Object.assign(new Error(SENTENCE), { data: SENTENCE })));
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const port = (http.address() as AddressInfo).port;
    const config = (id: string, path: string) => ({
      id,
      url: `http://127.0.0.1:${port}${path}?key=${TOKEN}`,
      token: TOKEN,
      environment: "production",
    });
    const log = {
      info: (message: string) => kit.logs.push(message),
      warn: (message: string) => kit.logs.push(message),
    };
    const sources = await startSources({
      sources: [config("open", "/"), config("refusing", "/refusing")],
      db: kit.db,
      ingest: kit.ingest,
      log,
      onChange: () => undefined,
    });
    await eventually(
      async () => {
        const rows = await kit.db.prisma.source.findMany({ orderBy: { id: "asc" } });
        expect(rows.map(({ lastError }) => lastError)).toEqual([
          expect.stringMatching(/disconnected/),
          expect.stringMatching(/refused/),
        ]);
      },
      { timeout: 30_000, interval: 50 },
    );
    await sources.stop();
    refusing.removeAllListeners();
    await source.close();
    expect(await stored()).toBeGreaterThan(before + 30);
  });

  it("is found nowhere: not in the database, not in an answer, not in a log", async () => {
    await kit.post([
      { id: "control", time: Date.now(), stage: "emitted", type: "agent_started", runId: "an id may be seen" },
    ]);
    expect(await dump()).toContain("an id may be seen");
    expect((await dump()).split("\n").filter((line) => SEEN.test(line))).toEqual([]);
    expect(answers.filter((answer) => SEEN.test(answer))).toEqual([]);
    expect(kit.logs.filter((line) => SEEN.test(line))).toEqual([]);
    expect(answers.length).toBeGreaterThan(15);
    expect(kit.logs.length).toBeGreaterThan(5);
  });
});
