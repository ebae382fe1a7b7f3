import { describe, expect, it, vi } from "vitest";
import type { SourceBatch, SourceGap } from "@/contracts/source";
import { createEmitter, type Emitter } from "./create-emitter";
import type { WireEvent } from "./event";

function make(capacity = 10_000): Emitter {
  return createEmitter({ service: "chat", instance: "chat-1", version: "1.0.0", capacity });
}

/** A subscriber that acknowledges when told to. */
function subscriber(emitter: Emitter, cursor: string | null, acknowledgeAtOnce = true) {
  const batches: SourceBatch[] = [];
  const gaps: SourceGap[] = [];
  const waiting: (() => void)[] = [];
  const stream = emitter.subscribe(cursor, {
    telemetry(batch, acknowledged) {
      batches.push(batch);
      if (acknowledgeAtOnce) acknowledged();
      else waiting.push(acknowledged);
    },
    gap: (gap) => gaps.push(gap),
  });
  return {
    stream,
    batches,
    gaps,
    acknowledgeOne: () => waiting.shift()?.(),
    events: () => batches.flatMap((batch) => batch.events as WireEvent[]),
    types: () => batches.flatMap((batch) => (batch.events as WireEvent[]).map((event) => event.type)),
  };
}

const emitMany = (emitter: Emitter, from: number, count: number) => {
  for (let i = from; i < from + count; i += 1) emitter.emit({ stage: "emitted", type: `t${i}` });
};
const names = (from: number, count: number) => Array.from({ length: count }, (_, i) => `t${from + i}`);

describe("the stream", () => {
  it("replays what a subscriber has not acknowledged, and nothing twice", async () => {
    const emitter = make();
    emitMany(emitter, 0, 3);
    const first = subscriber(emitter, null);
    await first.stream.drained();
    expect(first.types()).toEqual(names(0, 3));
    first.stream.end();

    emitMany(emitter, 3, 2);
    const again = subscriber(emitter, first.batches.at(-1)?.cursor ?? null);
    expect(again.types()).toEqual(names(3, 2));
    expect(again.gaps).toEqual([]);
  });

  it("names how many events are gone when the ring has overrun a cursor", async () => {
    const emitter = make(10);
    emitMany(emitter, 0, 4);
    const first = subscriber(emitter, null);
    const cursor = first.batches.at(-1)?.cursor ?? "";
    first.stream.end();

    emitMany(emitter, 4, 25);
    const again = subscriber(emitter, cursor);
    expect(again.gaps).toEqual([{ from: cursor, to: expect.stringMatching(/:19$/), lost: 15 }]);
    expect(again.types()).toEqual(names(19, 10));
  });

  it("announces a gap of unknown size to a cursor of another process life", () => {
    const emitter = make();
    emitMany(emitter, 0, 2);
    const { gaps, types } = subscriber(emitter, "0123456789ab:77");
    expect(gaps).toEqual([{ from: "0123456789ab:77", to: expect.stringMatching(/:0$/), lost: null }]);
    expect(types()).toEqual(names(0, 2));
  });

  it("treats a position it never gave out as unknown instead of waiting for it", () => {
    const emitter = make();
    emitMany(emitter, 0, 2);
    const epoch = subscriber(emitter, null).batches.at(-1)?.cursor.split(":")[0];
    const { gaps, types } = subscriber(emitter, `${epoch}:900`);
    expect(gaps).toEqual([{ from: `${epoch}:900`, to: `${epoch}:0`, lost: null }]);
    expect(types()).toEqual(names(0, 2));
  });

  it("tells a first subscriber that the beginning is gone", () => {
    const emitter = make(5);
    emitMany(emitter, 0, 8);
    const { gaps } = subscriber(emitter, null);
    expect(gaps).toEqual([{ from: null, to: expect.stringMatching(/:3$/), lost: 3 }]);
  });

  it("has at most 8 batches of at most 500 events on the way", () => {
    const emitter = make();
    emitMany(emitter, 0, 5_000);
    const slow = subscriber(emitter, null, false);
    expect(slow.batches.length).toBe(8);
    expect(Math.max(...slow.batches.map((batch) => batch.events.length))).toBe(500);
    slow.acknowledgeOne();
    expect(slow.batches.length).toBe(9);
    expect(slow.types()).toEqual(names(0, 4_500));
  });

  it("goes on with a gap when the ring overruns a slow subscriber in mid-stream", () => {
    const emitter = make(5_000);
    emitMany(emitter, 0, 5_000);
    const slow = subscriber(emitter, null, false);
    emitMany(emitter, 5_000, 2_000);
    expect(slow.gaps).toEqual([]);
    emitMany(emitter, 7_000, 2_500);
    slow.acknowledgeOne();
    expect(slow.gaps.map((gap) => gap.lost)).toEqual([500]);
    expect(slow.types().at(4_000)).toBe("t4500");
  });

  it("coalesces events within 100 ms, and sends a full batch at once", () => {
    vi.useFakeTimers();
    try {
      const emitter = make();
      const live = subscriber(emitter, null);
      emitMany(emitter, 0, 30);
      expect(live.batches.length).toBe(0);
      vi.advanceTimersByTime(100);
      expect(live.batches.map((batch) => batch.events.length)).toEqual([30]);
      emitMany(emitter, 30, 500);
      expect(live.types()).toEqual(names(0, 530));
    } finally {
      vi.useRealTimers();
    }
  });

  it("announces the open connections first, with their own times and ids that never change", () => {
    const emitter = make();
    emitter.emit({ stage: "connection_opened", connectionId: "c1" });
    emitter.emit({ stage: "connection_authenticated", connectionId: "c1", userId: "u1" });
    emitter.emit({ stage: "connection_opened", connectionId: "c2" });
    emitter.emit({ stage: "connection_closed", connectionId: "c2", attributes: { closeCode: 1000 } });
    const originals = subscriber(emitter, null);
    const cursor = originals.batches.at(-1)?.cursor ?? null;

    const again = subscriber(emitter, cursor);
    const announced = again.events();
    expect(announced.map((event) => [event.stage, event.connectionId, event.attributes?.snapshot])).toEqual([
      ["connection_opened", "c1", true],
      ["connection_authenticated", "c1", true],
    ]);
    const opened = originals.events().find((event) => event.connectionId === "c1" && !event.attributes?.snapshot);
    expect(announced[0]?.time).toBe(opened?.time);
    expect(again.batches[0]?.cursor).toBe(cursor);
    expect(subscriber(emitter, cursor).events()).toEqual(announced);
  });
});
