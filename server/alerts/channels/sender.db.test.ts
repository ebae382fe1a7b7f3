import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GIVE_UP_MS } from "@/domain/alerts/delivery";
import { buildAlert } from "@/domain/alerts/testing/notifications";
import { changeChannel } from "./channels";
import { createSeal } from "./sealed-target";
import { status } from "./testing/receiver";
import { NOW_MS, type SenderKit, startSenderKit } from "./testing/sender-kit";

let kit: SenderKit;
beforeAll(async () => {
  kit = await startSenderKit();
});
beforeEach(() => kit.clear());
afterAll(() => kit.close());

const sent = { state: "sent", attempts: 1, statusCode: 200, error: null };
/** What the receiver was told, by the summary of its first alert. */
const heard = () =>
  kit.receiver.received.map(
    ({ body }) => (body as { commonAnnotations: { summary: string } }).commonAnnotations.summary,
  );
const tell = (groupKey: string, summary: string) =>
  kit.tell({ groupKey, alerts: [buildAlert({ annotations: { summary } })] });
/** Runs a sender at each of these moments after the start. */
async function runAt(...secondsAfter: number[]) {
  const sender = kit.newSender();
  for (const seconds of secondsAfter) {
    kit.clock.nowMs = NOW_MS + seconds * 1_000;
    await sender.run();
  }
}

describe("a delivery", () => {
  it("is made once, with what the channel needs", async () => {
    await kit.channel({ auth: { kind: "bearer", token: "t0ken" }, header: { name: "X-Team", value: "on call" } });
    await kit.tell();
    await runAt(0, 60, 3_600);
    expect(kit.receiver.received).toEqual([
      expect.objectContaining({
        path: "/hook",
        headers: expect.objectContaining({ authorization: "Bearer t0ken", "x-team": "on call" }),
        body: expect.objectContaining({ version: "4", receiver: "Hook", status: "firing" }),
      }),
    ]);
    expect(await kit.log()).toEqual([sent]);
    expect(kit.errors).toEqual([]);
  });

  it("waits as long as 429 asks, and holds the whole channel", async () => {
    await kit.channel();
    kit.receiver.answer(status(429, { "retry-after": "30" }));
    await tell("a", "a1");
    await runAt(0);
    await tell("b", "b1");
    await runAt(29.9);
    expect(heard()).toEqual(["a1"]);
    expect(await kit.log()).toMatchObject([
      { state: "waiting", attempts: 1, statusCode: 429, error: "rate_limited" },
      { attempts: 0 },
    ]);
    await runAt(30);
    expect(heard()).toEqual(["a1", "a1", "b1"]);
  });

  it("is made again after 500, ever later, until it is taken", async () => {
    await kit.channel();
    kit.receiver.answer(status(500), status(500));
    await tell("a", "a1");
    await runAt(0, 2.4, 2.5, 7.4, 7.5);
    expect(heard()).toEqual(["a1", "a1", "a1"]);
    expect(await kit.log()).toEqual([{ ...sent, attempts: 3 }]);
  });

  it("is made again after silence, a cut and an answer that is none", async () => {
    await kit.channel();
    kit.receiver.answer(
      () => undefined,
      (response) => response.socket?.destroy(),
      (response) => response.socket?.end("no http at all\r\n\r\n"),
    );
    await tell("a", "a1");
    const sender = kit.newSender({ post: { timeoutMs: 100 } });
    const errors: (string | null | undefined)[] = [];
    for (const seconds of [0, 10, 30, 60]) {
      kit.clock.nowMs = NOW_MS + seconds * 1_000;
      await sender.run();
      errors.push((await kit.log())[0]?.error);
    }
    expect(errors).toEqual(["timeout", "reset", "network", null]);
  });

  it("is over with a redirect and any other 4xx, and nothing else waits for it", async () => {
    await kit.channel();
    kit.receiver.answer(status(302, { location: `${kit.receiver.url}/other` }), status(401));
    await tell("a", "a1");
    await tell("a", "a2");
    await tell("a", "a3");
    await runAt(0);
    expect(await kit.log()).toEqual([
      { ...sent, state: "failed", statusCode: 302, error: "redirect" },
      { ...sent, state: "failed", statusCode: 401, error: "status" },
      sent,
    ]);
    expect(kit.receiver.received.map(({ path }) => path)).toEqual(["/hook", "/hook", "/hook"]);
  });

  it("is given up after six hours, and the log says so", async () => {
    await kit.channel();
    kit.receiver.answer(...Array.from({ length: 200 }, () => status(503)));
    await tell("a", "a1");
    const everyTwoMinutes = Array.from({ length: 200 }, (_, i) => i * 120);
    await runAt(...everyTwoMinutes);
    const [one] = await kit.log();
    expect(one).toMatchObject({ state: "expired", statusCode: 503, error: "status" });
    expect(one?.attempts).toBeGreaterThan(50);
    const [row] = await kit.db.prisma.alertDelivery.findMany();
    expect((row?.endedAt?.getTime() ?? 0) - NOW_MS).toBeLessThanOrEqual(GIVE_UP_MS);
  });

  it("that nobody could make for six hours is not made late", async () => {
    await kit.channel();
    await tell("a", "a1");
    await runAt(6 * 3_600 + 1);
    expect(await kit.log()).toMatchObject([{ state: "expired", attempts: 0 }]);
    expect(kit.receiver.received).toEqual([]);
  });

  it("of a channel that is switched off is cancelled", async () => {
    const id = await kit.channel();
    await tell("a", "a1");
    const by = { by: "Ada", nowMs: NOW_MS, within: "all" } as const;
    await changeChannel(kit, id, { enabled: false }, by);
    await changeChannel(kit, id, { enabled: true }, by);
    await runAt(0);
    expect(await kit.log()).toMatchObject([{ state: "cancelled", attempts: 0 }]);
  });

  it("whose address was sealed under another key is refused, and says so", async () => {
    await kit.channel();
    await kit.tell();
    await kit.newSender({ seal: createSeal("another key than before") }).run();
    expect(await kit.log()).toEqual([{ state: "failed", attempts: 1, statusCode: null, error: "secret" }]);
  });

  it("to an address that may not be called is refused", async () => {
    await kit.channel({ url: "http://metadata.example/" });
    await kit.tell();
    const resolve = async () => [{ address: "169.254.169.254", family: 4 }];
    await kit.newSender({ post: { resolve } }).run();
    expect(await kit.log()).toEqual([{ state: "failed", attempts: 1, statusCode: null, error: "address" }]);
  });
});

describe("the order", () => {
  it("of a group is kept while one fails, and other groups go on", async () => {
    await kit.channel();
    kit.receiver.answer(status(500));
    await tell("a", "a1");
    await tell("a", "a2");
    await tell("b", "b1");
    await tell("a", "a3");
    await runAt(0, 1, 2.5, 4);
    expect(heard()).toEqual(["a1", "b1", "a1", "a2", "a3"]);
  });

  it("is kept with several senders at once, and each delivery is made once", async () => {
    await Promise.all(["x", "y", "z"].map((name) => kit.channel({ name })));
    for (let i = 0; i < 20; i++) await tell(`group ${i % 3}`, String(i));
    await Promise.all([kit.newSender(), kit.newSender(), kit.newSender()].map((sender) => sender.run()));
    await kit.newSender().run();
    for (const name of ["x", "y", "z"]) {
      const told = kit.receiver.received
        .filter(({ body }) => (body as { receiver: string }).receiver === name)
        .map(({ body }) => Number((body as { commonAnnotations: { summary: string } }).commonAnnotations.summary));
      expect(told).toEqual(Array.from({ length: 20 }, (_, i) => i));
    }
  });

  it("of Slack is one message a second", async () => {
    await kit.channel({ kind: "slack" });
    await tell("a", "a1");
    await tell("a", "a2");
    await runAt(0, 1);
    expect(kit.receiver.received).toHaveLength(1);
    await runAt(1.1);
    expect(kit.receiver.received).toHaveLength(2);
  });
});

describe("a sender that dies", () => {
  it("between the answer and its mark leaves a delivery that is made again, under the same key", async () => {
    await kit.channel();
    await tell("a", "a1");
    await tell("a", "a2");
    const dying = { ...kit.db, pool: Object.create(kit.db.pool) };
    dying.pool.query = (text: string, values: unknown[]) =>
      text.includes("attempts = d.attempts + 1")
        ? Promise.reject(new Error("killed"))
        : kit.db.pool.query(text, values);
    await kit.newSender({ db: dying }).run();
    expect(heard()).toEqual(["a1"]);
    await runAt(19);
    expect(heard()).toEqual(["a1"]);
    await runAt(20);
    expect(heard()).toEqual(["a1", "a1", "a2"]);
    const [first, again, next] = kit.receiver.received.map(({ headers }) => headers["idempotency-key"]);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
    expect(await kit.log()).toEqual([sent, sent]);
  });

  it("and comes back late takes nothing from the one that stepped in", async () => {
    await kit.channel();
    await tell("a", "a1");
    let late: (() => void) | undefined;
    kit.receiver.answer((response) => {
      late = () => response.writeHead(500).end();
    });
    const slow = kit.newSender().run();
    await kit.receiver.until(1);
    kit.clock.nowMs += 20_000;
    await kit.newSender().run();
    late?.();
    await slow;
    expect(await kit.log()).toEqual([sent]);
  });
});

it("the log forgets after thirty days what has ended, and not what still fires", async () => {
  await kit.channel();
  await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
  await kit.tell();
  await runAt(0, 31 * 86_400);
  expect(await kit.log()).toHaveLength(1);
});
