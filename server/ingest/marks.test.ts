import { describe, expect, it } from "vitest";
import type { ObservedEvent } from "@/domain/telemetry/event";
import { observed } from "@/domain/testing/events";
import { marksOf } from "./marks";

const event = (fields: Partial<ObservedEvent>): ObservedEvent =>
  observed({ environment: "production", id: "e1", stage: "emitted", type: "agent_started", ...fields });

const kinds = (...events: Partial<ObservedEvent>[]) =>
  marksOf(events.map(event)).map(({ kind, key }) => `${kind} ${key}`);

describe("marksOf", () => {
  it.each<[string, Partial<ObservedEvent>, string[]]>([
    ["a run's event is judged by its run", { runId: "r1", messageId: "m1", inReplyTo: "m0" }, ["run r1"]],
    ["without a run by its message", { messageId: "m1" }, ["message m1"]],
    ["without both by itself", {}, ["event e1"]],
    [
      "an answer without a run also by what it answers",
      { messageId: "m1", inReplyTo: "m0" },
      ["message m1", "message m0"],
    ],
    [
      "a connection by its instance",
      { stage: "connection_opened", instance: "i1", connectionId: "c1" },
      ['connection ["i1","c1"]'],
    ],
    [
      "an ack also by its connection",
      { stage: "acked", messageId: "m1", connectionId: "c1" },
      ["message m1", 'acks [["","c1"]]'],
    ],
    [
      "a request also by its thread",
      { stage: "received", messageId: "m1", threadId: "t1", connectionId: "c1" },
      ["message m1", "thread t1"],
    ],
    ["a stop also as a stop", { stage: "received", type: "stop_agent", messageId: "m1" }, ["message m1", "stop e1"]],
    ["a stop of a run only by its run", { stage: "received", type: "stop_agent", runId: "r1" }, ["run r1"]],
    ["a state by nothing", { stage: "state" }, []],
  ])("%s", (_name, fields, expected) => {
    expect(kinds(fields)).toEqual(expected);
  });

  it("puts the acks of an environment's connections together", () => {
    const acked = { stage: "acked", runId: "r1" } as const;
    const marks = kinds(
      { ...acked, connectionId: "c1" },
      { ...acked, connectionId: "c2", instance: "i" },
      { ...acked, connectionId: "c1" },
      { ...acked, connectionId: "c1", environment: "staging" },
    );
    expect(marks).toEqual(["run r1", "run r1", 'acks [["","c1"],["i","c2"]]', 'acks [["","c1"]]']);
  });

  it("makes one mark for each subject of a batch, and keeps environments apart", () => {
    expect(kinds({ runId: "r1" }, { id: "e2", runId: "r1" }, { environment: "staging", runId: "r1" })).toEqual([
      "run r1",
      "run r1",
    ]);
  });
});
