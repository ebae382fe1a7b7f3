import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canaryToken } from "../canaries/canary-token";
import { allowList } from "../redaction/allow-list";
import { createRedactor } from "../redaction/redact";
import { type NormaliseContext, normalise } from "./normalise";
import { utf8Bytes } from "./text";

const NOW = Date.UTC(2026, 10, 21);
const DAY = 86_400_000;
const hash = (text: string) =>
  [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1e9, 7).toString(16);
const context: NormaliseContext = {
  receivedAtMs: NOW,
  retentionMs: 14 * DAY,
  environments: ["production", "staging"],
  defaultEnvironment: "production",
  typeAliases: (environment): Record<string, string> =>
    environment === "staging" ? { bot_says: "agent_completed" } : {},
  redactor: createRedactor(allowList([]), hash),
  payloadHash: hash,
  sourceId: "chat",
};
const good = { id: "e1", time: NOW, stage: "emitted", type: "agent_started" };

const eventOf = (fields: Record<string, unknown>) => {
  const result = normalise({ ...good, ...fields }, context);
  if (!result.ok) throw new Error(`${result.rejection.code}: ${result.rejection.message}`);
  return result.event;
};
const rejectionOf = (item: unknown) => {
  const result = normalise(item, context);
  return result.ok ? null : result.rejection;
};
const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));

describe("normalise", () => {
  it("fills in defaults and leaves nothing undefined", () => {
    const event = eventOf({});
    expect(event).toMatchObject({
      environment: "production",
      outcome: "ok",
      scope: "user",
      sourceId: "chat",
      receivedAtMs: NOW,
    });
    expect(Object.values(event)).not.toContain(undefined);
  });

  it.each([
    ["an item that is no object", 7, "invalid_item", "object"],
    ["an array", [good], "invalid_item", "object"],
    ["binary content", { ...good, payload: { image: new Uint8Array(3) } }, "invalid_item", "JSON"],
    ["no id", { ...good, id: null }, "missing_field", "id"],
    ["no time", { ...good, time: undefined }, "missing_field", "time"],
    ["no stage", { ...good, stage: "" }, "missing_field", "stage"],
    ["an unknown stage", { ...good, stage: "seen" }, "invalid_stage", "stage"],
    ["a stage of another type", { ...good, stage: 5 }, "invalid_stage", "stage"],
    ["a number as id", { ...good, id: 5 }, "invalid_field", "id"],
    ["an id of 6 KB", { ...good, id: "x".repeat(6_000) }, "too_long", "id"],
    ["257 bytes in 129 characters", { ...good, runId: `${"é".repeat(128)}x` }, "too_long", "runId"],
    ["NUL in an id", { ...good, messageId: "a\0" }, "invalid_field", "messageId"],
    ["a lone surrogate in a name", { ...good, router: "\ud800" }, "invalid_field", "router"],
    ["1970", { ...good, time: 0 }, "time_out_of_range", "time"],
    ["2099", { ...good, time: "2099-01-01T00:00:00Z" }, "time_out_of_range", "time"],
    ["275760", { ...good, time: "+275760-09-13T00:00:00.000Z" }, "time_out_of_range", "time"],
    ["a time that is none", { ...good, time: "soon" }, "invalid_field", "time"],
    ["a day that is gone", { ...good, time: NOW - 14 * DAY - 1 }, "time_out_of_range", "time"],
    ["30,000 nested arrays", { ...good, payload: nested(30_000) }, "too_deep", "32"],
    ["33 levels in an unknown field", { ...good, extra: nested(33) }, "too_deep", "32"],
    ["a payload of 64 KiB and one", { ...good, payload: "x".repeat(65_535) }, "payload_too_large", "payload"],
    [
      "65 attributes",
      { ...good, attributes: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`a${i}`, i])) },
      "too_many_attributes",
      "attributes",
    ],
    [
      "attributes beyond 8 KiB",
      { ...good, attributes: { a: "x".repeat(8_200) } },
      "attributes_too_large",
      "attributes",
    ],
    ["attributes that are not flat", { ...good, attributes: { a: { b: 1 } } }, "invalid_field", "attributes"],
    ["attributes that are a list", { ...good, attributes: [1] }, "invalid_field", "attributes"],
    ["a fraction as seq", { ...good, seq: 1.5 }, "invalid_field", "seq"],
    ["a seq beyond what can be told apart", { ...good, seq: 2 ** 60 }, "invalid_field", "seq"],
    ["attempt 0", { ...good, attempt: 0 }, "invalid_field", "attempt"],
    ["a negative duration", { ...good, durationMs: -1 }, "invalid_field", "durationMs"],
    ["an outcome of its own", { ...good, outcome: "maybe" }, "invalid_field", "outcome"],
    ["a scope of its own", { ...good, scope: "team" }, "invalid_field", "scope"],
    ["another environment", { ...good, environment: "secret" }, "environment_not_allowed", "environment"],
    ["no type on emitted", { ...good, type: null }, "missing_field", "type"],
    ["no router on routed", { ...good, stage: "routed" }, "missing_field", "router"],
    ["no connection on received", { ...good, stage: "received" }, "missing_field", "connectionId"],
    [
      "no user when authenticated",
      { ...good, stage: "connection_authenticated", connectionId: "c" },
      "missing_field",
      "userId",
    ],
    ["no connection on acked", { ...good, stage: "acked" }, "missing_field", "connectionId"],
    ["no code on dropped", { ...good, stage: "dropped" }, "missing_field", "errorCode"],
    ["no run on persisted", { ...good, stage: "persisted" }, "missing_field", "runId"],
    [
      "no component on state",
      { ...good, stage: "state", attributes: { state: "open" } },
      "missing_field",
      "attributes.component",
    ],
  ])("rejects %s and names the field", (_name, item, code, named) => {
    const rejection = rejectionOf(item);
    expect(rejection?.code).toBe(code);
    expect(rejection?.message).toContain(named);
  });

  it("accepts the edges: 32 levels, 64 KiB, 256 bytes, 64 attributes, both ends of time", () => {
    eventOf({ payload: nested(32) });
    expect(eventOf({ payload: "x".repeat(65_534) }).payloadBytes).toBe(65_536);
    eventOf({ runId: "é".repeat(128) });
    eventOf({ attributes: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`a${i}`, i])) });
    eventOf({ time: NOW - 14 * DAY });
    eventOf({ time: NOW + DAY });
  });

  it("a sent without a connection, and an acked or dropped without a type, are observations", () => {
    expect(eventOf({ stage: "sent" }).connectionId).toBeNull();
    expect(eventOf({ stage: "acked", connectionId: "c", type: null }).type).toBeNull();
    expect(eventOf({ stage: "dropped", errorCode: "queue_full", type: null }).errorCode).toBe("queue_full");
  });

  it.each([
    ["emitted", "reasoning", "agent_thinking"],
    ["sent", "tool_call", "tool_executing"],
    ["emitted", "tool_started", "tool_executing"],
    ["emitted", "tool_result", "tool_completed"],
    ["received", "chat_message", "user_message"],
    ["received", "execute_agent", "start_agent"],
    ["received", "agent", "agent_request"],
    ["sent", "message", "message"],
    ["emitted", "constructor", "constructor"],
  ])("on %s, %s is %s", (stage, type, canonical) => {
    const event = eventOf({ stage, type, connectionId: "c" });
    expect([event.type, event.originalType]).toEqual([canonical, type === canonical ? null : type]);
  });

  it("the operator's aliases hold in their environment", () => {
    expect(eventOf({ type: "bot_says" }).type).toBe("bot_says");
    expect(eventOf({ type: "bot_says", environment: "staging" })).toMatchObject({
      type: "agent_completed",
      originalType: "bot_says",
    });
  });

  it("unknown fields land in the attributes, flat, and never become a duration", () => {
    const event = eventOf({
      execution_time: 3.2,
      meta: { attempts: [1, 2] },
      status: "ok",
      attributes: { closeCode: 1006, state: "open" },
    });
    expect(event.durationMs).toBeNull();
    expect(event.attributes).toMatchObject({ execution_time: 3.2, status: "ok", closeCode: 1006, state: "open" });
    expect(Object.values(event.attributes)).toEqual(expect.arrayContaining([1, 2]));
  });

  it("finds routing ids at any depth before redaction, and never takes provenance or sentences for them", () => {
    const payload = {
      user_id: "p",
      a: [{ recipient_id: "bob" }],
      b: { c: { target_user_id: "carol", userId: "dave" } },
      userId: "not an id",
    };
    expect(eventOf({ payload }).routingIds.toSorted()).toEqual(["bob", "carol", "dave"]);
  });

  it("takes canary tokens from the payload before it is redacted, and stores none", () => {
    const token = canaryToken(new Uint8Array(26));
    const result = normalise({ ...good, payload: { deep: [{ [token]: `see ${token}!` }] } }, context);
    expect(result).toMatchObject({ ok: true, canaryTokens: [token] });
    expect(result.ok && JSON.stringify(result.event)).not.toContain(token);
  });

  it("makes its own fingerprint of a payload and keeps a client's apart", () => {
    const event = eventOf({ payload: { text: "héllo" }, payloadHash: "abc", payloadBytes: 1 });
    expect(event).toMatchObject({ payloadHashKind: "server", payloadBytes: 17, payloadHash: hash('{"text":"héllo"}') });
    expect(eventOf({ payloadHash: "abc", payloadBytes: 9 })).toMatchObject({
      payloadHashKind: "client",
      payloadBytes: 9,
      payloadHash: "abc",
    });
  });

  it("never repeats content in a rejection", () => {
    for (const item of [
      { ...good, attributes: { "my secret": ["x"] } },
      { ...good, scope: "my secret" },
      { ...good, environment: "my secret" },
      { ...good, stage: "my secret" },
      { ...good, time: "my secret" },
    ]) {
      expect(rejectionOf(item)?.message).not.toContain("secret");
    }
  });

  it("whatever comes is either an event within all limits or a rejection with a code", () => {
    const names = [
      "id",
      "time",
      "stage",
      "type",
      "userId",
      "user_id",
      "data",
      "payload",
      "attributes",
      "seq",
      "scope",
      "router",
      "x",
    ];
    const stage = fc.constantFrom("emitted", "sent", "state", "received", "?");
    const value = fc.oneof(
      fc.anything(),
      fc.jsonValue(),
      fc.string({ unit: "binary" }),
      stage,
      fc.constant(NOW),
      fc.constant("e"),
    );
    const anything = fc.dictionary(fc.constantFrom(...names), value);
    const almostGood = anything.map((fields) => ({ ...good, ...fields }));
    fc.assert(
      fc.property(fc.oneof(almostGood, anything, fc.anything()), (item) => {
        const result = normalise(item, context);
        if (!result.ok) {
          expect(result.rejection.message.length).toBeGreaterThan(0);
          return;
        }
        const text = JSON.stringify(result.event);
        expect(text).not.toContain("\\u0000");
        expect(Buffer.from(text).toString()).toBe(text);
        expect(utf8Bytes(result.event.id)).toBeLessThanOrEqual(256);
        expect(Object.keys(result.event.attributes).length).toBeLessThanOrEqual(64);
      }),
      { numRuns: 500 },
    );
  });
});
