import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildNotification } from "@/domain/alerts/testing/notifications";
import { inTransaction } from "@/server/storage/transaction";
import { enqueueNotification } from "./enqueue";
import { status } from "./testing/receiver";
import { NOW_MS, type SenderKit, startSenderKit } from "./testing/sender-kit";

let kit: SenderKit;
beforeAll(async () => {
  kit = await startSenderKit();
});
beforeEach(() => kit.clear());
afterAll(() => kit.close());

const sent = { state: "sent", attempts: 1, statusCode: 200, error: null };
/** Runs a sender at each of these moments after the start, while nobody looks at the rules. */
async function runUnwatchedAt(...secondsAfter: number[]) {
  const sender = kit.newSender();
  for (const seconds of secondsAfter) {
    kit.clock.nowMs = NOW_MS + seconds * 1_000;
    await sender.run();
  }
}
/** The same while rules are looked at. */
async function runAt(...secondsAfter: number[]) {
  for (const seconds of secondsAfter) {
    kit.clock.nowMs = NOW_MS + seconds * 1_000;
    await kit.look();
    await kit.newSender().run();
  }
}

describe("Alertmanager", () => {
  const posted = () => kit.receiver.received.map(({ body }) => (body as { endsAt: string }[])[0]?.endsAt);

  it("is told each minute that an alert still fires, until it ends", async () => {
    await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    await kit.tell();
    await runAt(0, 59, 60, 119, 120);
    expect(posted()).toEqual(["12:04:00", "12:05:00", "12:06:00"].map((time) => `2026-11-21T${time}.000Z`));
    await kit.tell({ status: "resolved" });
    await runAt(125, 200, 300);
    expect(posted()).toHaveLength(4);
    expect(posted().at(-1)).toBe("2026-11-21T10:01:00.000Z");
    expect(kit.receiver.received.every(({ path }) => path === "/api/v2/alerts")).toBe(true);
    expect(await kit.log()).toEqual([sent, sent]);
  });

  it("hears nothing more when nobody looks at the rules, so that it misses the watchdog, and goes on when somebody does", async () => {
    await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    await kit.tell();
    await runAt(0, 60);
    await runUnwatchedAt(120, 179, 180, 240, 600);
    expect(posted().at(-1)).toBe("2026-11-21T12:06:00.000Z");
    await kit.look("elsewhere");
    await runUnwatchedAt(610);
    expect(posted()).toHaveLength(3);
    await runAt(620);
    expect(posted()).toHaveLength(4);
  });

  it("that refuses a beginning is told again each minute, and takes it as soon as it is mended", async () => {
    await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    await kit.tell();
    kit.receiver.answer(status(401), status(401));
    await runAt(0, 60);
    expect(await kit.log()).toEqual([{ ...sent, state: "failed", statusCode: 401, error: "status" }]);
    await runAt(120);
    expect(await kit.log()).toEqual([sent]);
    expect(kit.receiver.received).toHaveLength(3);
  });

  it("that is away while an alert fires is told soon after it is back", async () => {
    await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    await kit.tell();
    await runAt(0);
    kit.receiver.answer(status(503));
    await runAt(60, 62.5);
    expect(kit.receiver.received).toHaveLength(3);
    expect(await kit.log()).toEqual([sent]);
  });

  it("hears no more of an alert whose end overtook the answer", async () => {
    await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    await kit.tell();
    let answer: (() => void) | undefined;
    kit.receiver.answer((response) => {
      answer = () => response.writeHead(200).end();
    });
    const sender = kit.newSender().run();
    await kit.receiver.until(1);
    await kit.tell({ status: "resolved" });
    answer?.();
    await sender;
    await runAt(0, 60, 120);
    expect(kit.receiver.received).toHaveLength(2);
  });

  it("hears no more of an alert whose end is committed after the answer is written down", async () => {
    await kit.channel({ kind: "alertmanager", url: kit.receiver.url });
    await kit.tell();
    let answer: (() => void) | undefined;
    kit.receiver.answer((response) => {
      answer = () => response.writeHead(200).end();
    });
    const sender = kit.newSender().run();
    await kit.receiver.until(1);
    await inTransaction(kit.db, async (tx) => {
      await enqueueNotification(tx, buildNotification({ status: "resolved" }), NOW_MS);
      answer?.();
      await sender;
    });
    await runAt(0, 60, 120);
    expect(kit.receiver.received).toHaveLength(2);
  });
});
