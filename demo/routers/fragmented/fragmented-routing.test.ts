import { describe, expect, it } from "vitest";
import { createBench } from "../testing/bench";
import { createFragmentedRouting } from "./fragmented-routing";

const bench = () => createBench(createFragmentedRouting);

describe("the fragmented layer, undisturbed", () => {
  it("answers a person on all of their connections", async () => {
    const { connect, say, storeAnswers, emit, runs } = bench();
    const tabs = [connect("u1"), connect("u1")] as const;
    const other = connect("u2");
    void say(tabs[0], "user_message", "m1");
    await storeAnswers();
    expect(runs).toMatchObject([{ userId: "u1", inReplyTo: "m1" }]);
    emit(0, "agent_started");
    emit(0, "tool_executing", "search");
    await storeAnswers();
    emit(0, "agent_completed");
    for (const tab of tabs) {
      expect(tab.inbox.map((event) => event.type)).toEqual(["agent_started", "tool_executing", "agent_completed"]);
    }
    expect(other.inbox).toEqual([]);
  });

  it("starts one run for each request when requests do not meet", async () => {
    const { connect, say, storeAnswers, runs } = bench();
    const first = connect("u1");
    const second = connect("u2");
    void say(first, "user_message", "m1");
    await storeAnswers();
    void say(second, "user_message", "m2");
    await storeAnswers();
    void say(first, "start_agent", "m3");
    await storeAnswers();
    expect(runs.map((run) => [run.inReplyTo, run.userId])).toEqual([
      ["m1", "u1"],
      ["m2", "u2"],
      ["m3", "u1"],
    ]);
  });
});

describe("a message reaches another user (wrong_recipient)", () => {
  it("when two people's requests meet in the handler chain", async () => {
    const { connect, say, storeAnswers, runs, emit } = bench();
    const first = connect("u1");
    const second = connect("u2");
    void say(first, "user_message", "m1");
    void say(second, "user_message", "m2");
    await storeAnswers();
    expect(runs.map((run) => [run.inReplyTo, run.userId])).toEqual([
      ["m1", "u2"],
      ["m2", "u2"],
    ]);
    emit(0, "agent_completed");
    expect(first.inbox).toEqual([]);
    expect(second.inbox).toMatchObject([{ inReplyTo: "m1" }]);
  });

  it("when the asking connection closes before its handler is found", async () => {
    const { connect, say, storeAnswers, runs, close } = bench();
    connect("u2");
    const first = connect("u1");
    void say(first, "user_message", "m1");
    close(first);
    await storeAnswers();
    expect(runs).toMatchObject([{ inReplyTo: "m1", userId: "u2" }]);
  });

  it("when another person's new connection takes a place that a run still writes to", async () => {
    const { connect, say, storeAnswers, emit, close } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    close(first);
    const second = connect("u2");
    emit(0, "agent_completed");
    expect(second.inbox).toMatchObject([{ inReplyTo: "m1" }]);
  });
});

describe("a message reaches nobody", () => {
  it("is sent to a closed connection while its user is away (phantom_delivery)", async () => {
    const { connect, say, storeAnswers, emit, close, about } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    close(first);
    const event = emit(0, "agent_completed");
    expect(first.inbox).toEqual([]);
    expect(about("sent", event.messageId)).toMatchObject([{ connectionId: first.id, router: "WebSocketEventRouter" }]);
  });

  it("is sent without any connection and counted as a success (phantom_delivery)", async () => {
    const { connect, say, storeAnswers, emit, end, about } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    const tool = emit(0, "tool_completed", "search");
    end(0);
    await storeAnswers();
    const [sent, ...more] = about("sent", tool.messageId);
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ stage: "sent", router: "WebSocketEventRouter" });
    expect(sent?.connectionId).toBeUndefined();
    expect(sent?.outcome ?? "ok").toBe("ok");
  });

  it("is swallowed when a second request in the thread has taken the scope (event_lost)", async () => {
    const { connect, say, storeAnswers, emit, about } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    void say(first, "user_message", "m2");
    await storeAnswers();
    const tool = emit(0, "tool_executing", "search");
    await storeAnswers();
    expect(about("routed", tool.messageId)).toMatchObject([{ router: "UserScopedWebSocketEventRouter" }]);
    expect(about("sent", tool.messageId)).toEqual([]);
    expect(first.inbox).toEqual([]);
  });

  it("is swallowed when a first request in the thread has closed the scope (event_lost)", async () => {
    const { connect, say, storeAnswers, emit, end, about } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    void say(first, "user_message", "m2");
    await storeAnswers();
    end(0);
    const tool = emit(1, "tool_executing", "search");
    await storeAnswers();
    expect(about("sent", tool.messageId)).toEqual([]);
  });
});

describe("a request is not answered as it should", () => {
  it("a type that the quality router took over and does not know is answered ok (not_routed)", async () => {
    const { connect, say, runs, about } = bench();
    const first = connect("u1");
    await expect(say(first, "agent_request", "m1")).resolves.toEqual({ status: "ok" });
    expect(runs).toEqual([]);
    expect(about("routed", "m1")).toEqual([]);
  });

  it("a run started by button gives up with its connection (stalled)", async () => {
    const { connect, say, runs, close } = bench();
    const first = connect("u1");
    connect("u1");
    await say(first, "start_agent", "m1");
    expect(runs[0]?.goOn?.()).toBe(true);
    close(first);
    expect(runs[0]?.goOn?.()).toBe(false);
  });

  it("a request sent again is answered by a second run (duplicate_run)", async () => {
    const { connect, say, storeAnswers, close, runs } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    close(first);
    void say(connect("u1"), "user_message", "m1");
    await storeAnswers();
    expect(runs.map((run) => run.inReplyTo)).toEqual(["m1", "m1"]);
  });

  it("a chat is taken by two routers (router_conflict)", async () => {
    const { connect, say, storeAnswers, about, runs } = bench();
    void say(connect("u1"), "chat", "m1");
    await storeAnswers();
    expect(about("routed", "m1").map((event) => event.router)).toEqual(["QualityMessageRouter", "MessageRouter"]);
    expect(runs.length).toBe(1);
  });

  it("a type that nobody knows is refused (handler_not_found)", async () => {
    const { connect, say, storeAnswers, about } = bench();
    const answer = say(connect("u1"), "constructor", "m1");
    await storeAnswers();
    await expect(answer).resolves.toEqual({ status: "error" });
    expect(about("routed", "m1")).toMatchObject([{ outcome: "error", errorCode: "handler_not_found" }]);
  });
});

describe("a message arrives twice (duplicate_delivery)", () => {
  it("when a connection resumed and is in the pool twice", async () => {
    const { connect, say, storeAnswers, emit } = bench();
    const first = connect("u1");
    void say(first, "resume", "m0");
    await storeAnswers();
    void say(first, "user_message", "m1");
    await storeAnswers();
    emit(0, "agent_completed");
    expect(first.inbox.map((event) => event.type)).toEqual(["agent_completed", "agent_completed"]);
  });
});

describe("a message overtakes another (out_of_order)", () => {
  it("when a tool's answer waits for the store and the next event does not", async () => {
    const { connect, say, storeAnswers, emit } = bench();
    const first = connect("u1");
    void say(first, "user_message", "m1");
    await storeAnswers();
    emit(0, "tool_completed", "search");
    emit(0, "agent_thinking");
    await storeAnswers();
    expect(first.inbox.map((event) => event.seq)).toEqual([2, 1]);
  });
});
