import { createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type PostOptions, postJson, type Resolve } from "./post-json";
import { type Receiver, startReceiver, status } from "./testing/receiver";

let receiver: Receiver;
let silent: { url: string; server: Server; sockets: Set<Socket> };
const asked: string[] = [];
beforeAll(async () => {
  receiver = await startReceiver();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  silent = { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, server, sockets };
});
afterEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  await receiver.close();
  for (const socket of silent.sockets) socket.destroy();
  silent.server.close();
});

/** A name service that knows one name. */
const knows =
  (...addresses: string[]): Resolve =>
  async (host) => {
    asked.push(host);
    return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
const post = (url: string, options: PostOptions = {}, headers = {}) =>
  postJson({ url, headers, body: '{"a":1}', readsSlackErrors: true }, options);
const answered = (code: number) => expect.objectContaining({ kind: "answered", status: code });

describe("a post", () => {
  it("brings its body and headers to the path and the name that were given", async () => {
    const url = `http://alerts.example:${receiver.port}/hook?x=1`;
    const before = receiver.received.length;
    expect(await post(url, { resolve: knows("127.0.0.1") }, { authorization: "Bearer s" })).toEqual(answered(200));
    expect(receiver.received[before]).toMatchObject({
      ...{ method: "POST", path: "/hook?x=1", body: { a: 1 } },
      headers: {
        host: `alerts.example:${receiver.port}`,
        authorization: "Bearer s",
        "content-type": "application/json",
      },
    });
  });

  it("asks for a name once, and calls what was checked", async () => {
    await post(`http://rebinding.example:${receiver.port}/`, { resolve: knows("127.0.0.1") });
    expect(asked).toEqual(["rebinding.example"]);
  });

  it.each([
    ["is metadata", ["169.254.169.254"]],
    ["is metadata beside one that is not", ["127.0.0.1", "169.254.169.254"]],
    ["is metadata in IPv6", ["fd00:ec2::254"]],
    ["is nobody", ["0.0.0.0"]],
  ])("is not made when the address %s", async (_, addresses) => {
    const before = receiver.received.length;
    const attempt = await post(`http://inside.example:${receiver.port}/`, { resolve: knows(...addresses) });
    expect(attempt).toEqual({ kind: "refused", error: "address" });
    expect(receiver.received.length).toBe(before);
  });

  it.each([
    "169.254.169.254",
    "[::ffff:a9fe:a9fe]",
    "[fd00:ec2::254]",
    "0",
    "2852039166",
    "0xa9fea9fe",
    "[::]",
    "224.0.0.1",
  ])("is not made to %s, and nobody is asked for it", async (host) => {
    expect(await post(`http://${host}/`, { resolve: knows("127.0.0.1") })).toEqual({
      kind: "refused",
      error: "address",
    });
    expect(asked).toEqual([]);
  });

  it("follows no redirect", async () => {
    receiver.answer(status(307, { location: `${receiver.url}/elsewhere` }));
    const before = receiver.received.length;
    expect(await post(receiver.url)).toEqual(answered(307));
    expect(receiver.received.length).toBe(before + 1);
  });

  it("takes over when to come back, and of a refusal only Slack's own words", async () => {
    receiver.answer(
      status(429, { "retry-after": "3" }, "rate_limited"),
      status(404, {}, "no_service"),
      status(400, {}, "secret: 42"),
    );
    expect(await post(receiver.url)).toEqual({ kind: "answered", status: 429, retryAfter: "3", slackError: null });
    expect(await post(receiver.url)).toMatchObject({ status: 404, slackError: "no_service" });
    expect(await post(receiver.url)).toMatchObject({ status: 400, slackError: null });
  });

  it("does not wait for the end of an answer", async () => {
    const forever = (code: number) => (response: import("node:http").ServerResponse) => {
      response.writeHead(code);
      response.write("x".repeat(100));
    };
    receiver.answer(forever(200), forever(500));
    expect(await post(receiver.url)).toEqual(answered(200));
    expect(await post(receiver.url, { timeoutMs: 200 })).toEqual(answered(500));
  });

  it("is over after its time, whether nobody answers, the name is slow or the answer is", async () => {
    const slow: Resolve = () => new Promise(() => undefined);
    const timeout = { kind: "network", error: "timeout" };
    expect(await post(silent.url, { timeoutMs: 100 })).toEqual(timeout);
    expect(await post("http://slow.example/", { timeoutMs: 100, resolve: slow })).toEqual(timeout);
    receiver.answer(() => undefined);
    expect(await post(receiver.url, { timeoutMs: 100 })).toEqual(timeout);
  });

  it("names what the network did", async () => {
    receiver.answer((response) => response.socket?.destroy());
    expect(await post(receiver.url)).toEqual({ kind: "network", error: "reset" });
    receiver.answer((response) => response.socket?.end("no http at all\r\n\r\n"));
    expect(await post(receiver.url)).toEqual({ kind: "network", error: "network" });
    expect(await post("http://127.0.0.1:1/")).toEqual({ kind: "network", error: "refused" });
    expect(await post(receiver.url.replace("http", "https"))).toEqual({ kind: "network", error: "tls" });
    const unknown = Object.assign(new Error("who?"), { code: "ENOTFOUND" });
    const resolve: Resolve = () => Promise.reject(unknown);
    expect(await post("http://nowhere.example/", { resolve })).toEqual({ kind: "network", error: "not_resolved" });
  });
});
