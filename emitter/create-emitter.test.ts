import { describe, expect, it } from "vitest";
import { createEmitter } from "./create-emitter";
import type { EmitterEvent, WireEvent } from "./event";

const make = (nowMs?: () => number) =>
  createEmitter({ service: "chat", instance: "chat-1", version: "1.0.0", ...(nowMs ? { nowMs } : {}) });

function everything(emitter: ReturnType<typeof make>): WireEvent[] {
  const events: WireEvent[] = [];
  emitter
    .subscribe(null, {
      telemetry: (batch, acknowledged) => {
        events.push(...(batch.events as WireEvent[]));
        acknowledged();
      },
      gap: () => undefined,
    })
    .end();
  return events;
}

describe("emit", () => {
  it("says who speaks and when, with an id of its own for each event", () => {
    const emitter = make(() => Date.UTC(2026, 0, 2, 3, 4, 5, 6));
    emitter.emit({ stage: "emitted", type: "agent_started", runId: "r1" });
    emitter.emit({ stage: "emitted", type: "agent_started", runId: "r2", timeMs: Date.UTC(2026, 0, 1) });
    const [first, second] = everything(emitter);
    expect(first).toMatchObject({
      stage: "emitted",
      runId: "r1",
      service: "chat",
      instance: "chat-1",
      version: "1.0.0",
      time: "2026-01-02T03:04:05.006000Z",
    });
    expect(second?.time).toBe("2026-01-01T00:00:00.000000Z");
    expect(first?.id).not.toBe(second?.id);
  });

  it("names the process by itself where nobody does", () => {
    const emitter = createEmitter({ service: "chat" });
    emitter.emit({ stage: "persisted", runId: "r1" });
    expect(everything(emitter)[0]).toMatchObject({ service: "chat", instance: expect.stringMatching(/.-\d+$/) });
  });

  it("orders events of one millisecond by their times alone", () => {
    const emitter = make(() => 1_700_000_000_000);
    for (let i = 0; i < 50; i += 1) emitter.emit({ stage: "persisted", runId: "r1" });
    const times = everything(emitter).map((event) => event.time);
    expect(new Set(times).size).toBe(50);
    expect([...times].sort()).toEqual(times);
  });

  it("never throws into its host, whatever it is given, and counts what it refused", () => {
    const emitter = make();
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const nonsense: unknown[] = [
      null,
      undefined,
      7,
      {},
      { stage: "nonsense" },
      { stage: "received", type: "chat" },
      { stage: "emitted" },
      { stage: "state", attributes: { component: "breaker" } },
      { stage: "emitted", type: 5 },
      { stage: "emitted", type: "t", timeMs: Number.NaN },
      { stage: "emitted", type: "t", timeMs: 1e300 },
      { stage: "emitted", type: "t", seq: 10n },
      { stage: "emitted", type: "t", attributes: cyclic },
      { stage: "emitted", type: "t", attributes: { text: "x".repeat(70_000) } },
    ];
    for (const event of nonsense) emitter.emit(event as EmitterEvent);
    expect(emitter.stats()).toMatchObject({ emitted: 0, invalid: nonsense.length });
    expect(everything(emitter)).toEqual([]);
  });

  it("leaves out a payload that is too large or no JSON, and keeps the observation", () => {
    const emitter = make();
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    emitter.emit({ stage: "emitted", type: "t", payload: cyclic });
    emitter.emit({ stage: "emitted", type: "t", payload: "x".repeat(70_000) });
    emitter.emit({ stage: "emitted", type: "t", payload: { small: true } });
    expect(everything(emitter).map((event) => event.payload)).toEqual([undefined, undefined, { small: true }]);
    expect(emitter.stats().payloadsOmitted).toBe(2);
  });

  it("keeps what an event was when it was emitted", () => {
    const emitter = make();
    const payload = { text: "before" };
    emitter.emit({ stage: "emitted", type: "t", payload });
    payload.text = "after";
    expect(everything(emitter)[0]?.payload).toEqual({ text: "before" });
  });

  it("keeps its memory bounded by bytes as well as by number", () => {
    const emitter = createEmitter({ service: "s", instance: "i", version: "v", maxBufferBytes: 300_000 });
    for (let i = 0; i < 40; i += 1) emitter.emit({ stage: "emitted", type: "t", payload: "x".repeat(30_000) });
    const kept = everything(emitter).length;
    expect(kept).toBeGreaterThan(5);
    expect(kept).toBeLessThan(11);
  });
});
