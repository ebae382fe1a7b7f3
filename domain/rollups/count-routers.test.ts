import { describe, expect, test } from "vitest";
import type { ObservedEvent } from "../telemetry/event";
import { observed } from "../testing/events";
import { countRouters } from "./count-routers";
import { createCounter } from "./counter";
import { latencyBucket } from "./latency-bucket";

let ids = 0;
const event = (partial: Partial<ObservedEvent>) => observed({ id: `e${ids++}`, messageId: "m1", ...partial });
const routed = (partial: Partial<ObservedEvent>) => event({ stage: "routed", router: "A", ...partial });

/** What is counted of a kind, by the rest of the name; `+n` before it where it is counted in another minute. */
function counted(kind: string, ...events: ObservedEvent[]): Record<string, number> {
  const counter = createCounter(0);
  countRouters(counter, events);
  const found = Object.entries(counter.contribution.metrics).flatMap(([name, n]) => {
    const cut = name.indexOf("[");
    const [of, ...rest] = JSON.parse(name.slice(cut)) as unknown[];
    return of === kind ? [[`${name.slice(0, cut).replace("+0", "")}${rest.join(" ")}`, n] as const] : [];
  });
  return Object.fromEntries(found);
}

describe("a router's messages", () => {
  test("count once each, as failed if anything of them failed or was dropped", () => {
    expect(
      counted(
        "message",
        routed({}),
        event({ stage: "sent", router: "A", outcome: "error", errorCode: "timeout" }),
        event({ stage: "sent", router: "pkg/b:B" }),
        routed({ messageId: "m2", outcome: "error" }),
        event({ stage: "dropped", router: "A", type: null, messageId: "m3", errorCode: "queue_full" }),
        event({ stage: "emitted", router: "A", messageId: "m7" }),
      ),
    ).toEqual({ "A timeout": 1, "pkg/b:B ": 1, "A error": 1, "A queue_full": 1 });
  });

  test("count by event where they have no id", () => {
    expect(counted("message", routed({ messageId: null }), routed({ messageId: null }))).toEqual({ "A ": 2 });
  });

  test("are two where a run numbers its messages as its user does", () => {
    const request = routed({ type: "user_message", messageId: "1" });
    const answer = routed({ type: "agent_started", messageId: "1" });
    const dropped = event({ stage: "dropped", router: "A", type: null, messageId: "1", errorCode: "queue_full" });
    expect(counted("message", request, answer, dropped)).toEqual({ "A queue_full": 1, "A ": 1 });
  });

  test("stand at the minute in which the router first had them", () => {
    const events = [routed({ timeMs: 59_999 }), event({ stage: "sent", router: "A", timeMs: 61_000 })];
    const late = routed({ messageId: "m2", timeMs: 125_000 });
    expect(counted("message", ...events, late)).toEqual({ "A ": 1, "+2A ": 1 });
  });

  test("count by service, instance and version", () => {
    const place = { service: "chat", instance: "i1", version: "1.2" };
    expect(counted("source", routed(place), event({ stage: "sent", router: "A", ...place }))).toEqual({
      "A chat i1 1.2": 1,
    });
  });
});

describe("who took a message", () => {
  test("is who routed it, not who sent it for another", () => {
    const events = [routed({ handler: "h" }), event({ stage: "sent", router: "Sender" })];
    expect(counted("handler", ...events)).toEqual({ "A user_message h ": 1 });
  });

  test("is who sent it where nobody routed it", () => {
    expect(counted("handler", event({ stage: "sent", router: "Sender" }))).toEqual({ "Sender user_message  ": 1 });
  });

  test("is each handler that is named; what names none belongs to the one that is named", () => {
    const failed = { outcome: "error", errorCode: "timeout" } as const;
    expect(counted("handler", routed({ handler: "h" }), routed(failed))).toEqual({ "A user_message h timeout": 1 });
    expect(counted("handler", routed({ handler: "h", ...failed }), routed({ handler: "g" }))).toEqual({
      "A user_message h timeout": 1,
      "A user_message g ": 1,
    });
  });
});

describe("a router's latency", () => {
  const bucket = (ms: number) => `A ${latencyBucket(ms)}`;

  test("is what the router says it took", () => {
    expect(counted("latency", event({ timeMs: 0 }), routed({ timeMs: 90, durationMs: 7 }))).toEqual({ [bucket(7)]: 1 });
  });

  test("is the time since the message was received or emitted where the router does not say", () => {
    expect(counted("latency", event({ timeMs: 10 }), routed({ timeMs: 90 }))).toEqual({ [bucket(80)]: 1 });
    const emitted = event({ stage: "emitted", type: "agent_started", timeMs: 50 });
    expect(counted("latency", emitted, routed({ type: "agent_started", timeMs: 90 }))).toEqual({ [bucket(40)]: 1 });
  });

  test("is of the first success", () => {
    const events = [
      routed({ durationMs: 1, outcome: "error" }),
      routed({ durationMs: 20 }),
      routed({ durationMs: 300 }),
    ];
    expect(counted("latency", ...events)).toEqual({ [bucket(20)]: 1 });
  });

  test("is unknown where the message came later than it was routed, or is not known at all", () => {
    expect(counted("latency", routed({ timeMs: 5 }), event({ timeMs: 10 }))).toEqual({});
    expect(counted("latency", routed({ messageId: null }))).toEqual({});
  });
});
