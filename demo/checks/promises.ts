/** What every routing layer promises, whichever it is. A consolidation is done when the layer that is left keeps all. */
import { describe, expect, it } from "vitest";
import type { Layer } from "../layers/layer";
import { createBench } from "../routers/testing/bench";

export function promises({ create }: Pick<Layer, "create">): void {
  const bench = () => createBench(create);

  describe("a routing layer", () => {
    it("keeps requests that meet apart", async () => {
      const { connect, say, storeAnswers, runs, emit } = bench();
      const first = connect("u1");
      const second = connect("u2");
      void say(first, "user_message", "m1");
      void say(second, "user_message", "m2");
      await storeAnswers();
      expect(runs.map((run) => [run.inReplyTo, run.userId])).toEqual([
        ["m1", "u1"],
        ["m2", "u2"],
      ]);
      emit(0, "agent_completed");
      expect(first.inbox).toMatchObject([{ inReplyTo: "m1" }]);
      expect(second.inbox).toEqual([]);
    });

    it.each(["user_message", "chat", "start_agent", "agent_request"])(
      "routes %s once and starts one run",
      async (type) => {
        const { connect, say, storeAnswers, about, runs } = bench();
        void say(connect("u1"), type, "m1");
        await storeAnswers();
        expect(about("routed", "m1").filter(({ outcome }) => outcome !== "error").length).toBe(1);
        expect(runs.length).toBe(1);
      },
    );

    it("keeps what nobody could take until its user is back, in order", async () => {
      const { connect, say, storeAnswers, emit, close } = bench();
      const first = connect("u1");
      void say(first, "user_message", "m1");
      await storeAnswers();
      close(first);
      connect("u2");
      emit(0, "agent_thinking");
      emit(0, "tool_completed", "search");
      emit(0, "agent_completed");
      const back = connect("u1");
      expect(back.inbox.map((event) => event.type)).toEqual(["agent_thinking", "tool_completed", "agent_completed"]);
    });

    it("sends again what was written to a connection that broke before it was confirmed", async () => {
      const { connect, say, storeAnswers, emit, close } = bench();
      const first = connect("u1");
      void say(first, "user_message", "m1");
      await storeAnswers();
      emit(0, "agent_started");
      first.confirm();
      emit(0, "agent_completed");
      close(first);
      expect(connect("u1").inbox.map((event) => event.type)).toEqual(["agent_completed"]);
    });

    it("never writes one message to one connection twice", async () => {
      const { connect, say, storeAnswers, emit } = bench();
      const first = connect("u1");
      void say(first, "resume", "m0");
      void say(first, "user_message", "m1");
      await storeAnswers();
      emit(0, "agent_completed");
      connect("u1").confirm();
      expect(first.inbox.length).toBe(1);
    });

    it("answers a request that was sent again once", async () => {
      const { connect, say, storeAnswers, close, runs } = bench();
      const first = connect("u1");
      void say(first, "user_message", "m1");
      await storeAnswers();
      close(first);
      void say(connect("u1"), "user_message", "m1");
      await storeAnswers();
      expect(runs.length).toBe(1);
    });

    it("delivers tool events of two runs in one thread", async () => {
      const { connect, say, storeAnswers, emit, end } = bench();
      const first = connect("u1");
      void say(first, "user_message", "m1");
      void say(first, "user_message", "m2");
      await storeAnswers();
      emit(0, "tool_executing", "search");
      end(0);
      emit(1, "tool_executing", "search");
      await storeAnswers();
      expect(first.inbox.length).toBe(2);
    });
  });
}
