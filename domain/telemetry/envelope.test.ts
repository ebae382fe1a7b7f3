import { describe, expect, it } from "vitest";
import { openEnvelope } from "./envelope";

const base = { id: "e1", time: 1, stage: "emitted" };

describe("openEnvelope", () => {
  it("leaves the payload of a complete event alone, whatever it looks like", () => {
    const payload = { id: "x", time: 2, stage: "sent", userId: "bob", data: { run_id: "r" } };
    expect(openEnvelope({ ...base, payload })).toEqual({ fields: { ...base, payload }, unknown: [] });
  });

  it.each(["data", "payload"])("opens an envelope in %s, whose fields win", (name) => {
    const inner = { ...base, userId: "alice", type: "agent_started" };
    const opened = openEnvelope({ type: "telemetry", userId: "bob", runId: "r1", extra: 1, [name]: inner });
    expect(opened).toEqual({
      fields: { ...base, userId: "alice", type: "agent_started", runId: "r1" },
      unknown: [["extra", 1]],
    });
  });

  it("takes the type from the outside where the envelope has none", () => {
    const { fields } = openEnvelope({
      id: "e1",
      time: 1,
      type: "agent_started",
      data: { stage: "emitted", run_id: "r1" },
    });
    expect(fields).toEqual({ ...base, type: "agent_started", runId: "r1" });
  });

  it("fills in from data what a complete event lacks, and keeps more than that as payload", () => {
    const data = { user_id: "alice", type: "agent_started", version: 7, text: "hi" };
    expect(openEnvelope({ ...base, userId: "bob", data })).toEqual({
      fields: { ...base, userId: "bob", type: "agent_started", payload: data },
      unknown: [],
    });
    expect(openEnvelope({ ...base, data: { runId: "r1" } })).toEqual({ fields: { ...base, runId: "r1" }, unknown: [] });
  });

  it("never loses content beside a payload", () => {
    const opened = openEnvelope({ ...base, payload: "content", data: { text: "more" } });
    expect(opened.fields.payload).toBe("content");
    expect(opened.unknown).toEqual([["data", { text: "more" }]]);
  });

  it("reads snake_case names; camelCase wins, and the other is kept as unknown", () => {
    const opened = openEnvelope({ ...base, user_id: "alice", run_id: "snake", runId: "camel", in_reply_to: "m1" });
    expect(opened.fields).toEqual({ ...base, userId: "alice", runId: "camel", inReplyTo: "m1" });
    expect(opened.unknown).toEqual([["run_id", "snake"]]);
  });

  it("takes null and the empty string for absent", () => {
    expect(openEnvelope({ ...base, runId: null, messageId: "", user_id: "a", userId: null }).fields).toEqual({
      ...base,
      userId: "a",
    });
  });

  it("is not confused by keys that objects inherit", () => {
    const item = JSON.parse('{"id":"e1","time":1,"stage":"emitted","__proto__":{"runId":"x"},"constructor":1}');
    const { fields, unknown } = openEnvelope(item);
    expect(fields).toEqual(base);
    expect(unknown.map(([key]) => key)).toEqual(["__proto__", "constructor"]);
  });
});
