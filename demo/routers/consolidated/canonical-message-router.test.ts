import { describe, expect, it } from "vitest";
import { promises } from "../../checks/promises";
import { createBench } from "../testing/bench";
import { CanonicalMessageRouter } from "./canonical-message-router";

const bench = () => createBench((backend) => new CanonicalMessageRouter(backend));

promises({ create: (backend) => new CanonicalMessageRouter(backend) });

describe("the canonical router", () => {
  it("refuses a type it does not know", async () => {
    const { connect, say, storeAnswers, about } = bench();
    const answer = say(connect("u1"), "constructor", "m1");
    await storeAnswers();
    await expect(answer).resolves.toEqual({ status: "error" });
    expect(about("routed", "m1")).toMatchObject([{ outcome: "error", errorCode: "handler_not_found" }]);
  });

  it("bounds an outbox and says what it dropped", async () => {
    const { connect, say, storeAnswers, emit, close, reports } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    close(first);
    for (let i = 0; i < 503; i += 1) emit(0, "agent_thinking");
    const dropped = reports.filter((event) => event.stage === "dropped");
    expect(dropped.map((event) => [event.messageId, event.errorCode])).toEqual([
      ["e1", "queue_full"],
      ["e2", "queue_full"],
      ["e3", "queue_full"],
    ]);
  });
});
