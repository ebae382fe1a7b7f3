import { describe, expect, test } from "vitest";
import { connectionEvent, observed } from "../testing/events";
import { type AnyEvent, judgeAll } from "../testing/judge-all";
import { DEFAULT_POLICY } from "./policy";

const opened = connectionEvent({ id: "o", timeMs: 1_000 });
const bound = connectionEvent({ id: "a", timeMs: 1_100, stage: "connection_authenticated", userId: "alice" });
const request = observed({
  id: "r",
  timeMs: 5_000,
  connectionId: "c1",
  messageId: "m1",
  runId: "run",
  payloadBytes: 300,
});
const run = (events: AnyEvent[]) => judgeAll(events, DEFAULT_POLICY, 60_000)[0]?.traits;

describe("what a journey is described by", () => {
  test("names each handler, agent and tool once, and measures its request", () => {
    const agent = { runId: "run", stage: "emitted", agentName: "supervisor" } as const;
    const traits = run([
      opened,
      bound,
      request,
      observed({ id: "x", timeMs: 5_010, runId: "run", stage: "routed", router: "R", handler: "chat.handle" }),
      observed({ id: "s", timeMs: 5_100, ...agent, type: "agent_started" }),
      observed({ id: "t", timeMs: 5_200, ...agent, type: "tool_executing", toolName: "search" }),
    ]);
    expect(traits).toEqual({
      handlers: ["chat.handle"],
      agents: ["supervisor"],
      tools: ["search"],
      connectionAgeMs: 4_000,
      payloadBytes: 300,
    });
  });

  test("measures a connection from the first that is known of it, and guesses nothing", () => {
    expect(run([bound, { ...bound, id: "b", timeMs: 2_000 }, request])?.connectionAgeMs).toBe(3_900);
    expect(run([request])).toMatchObject({ connectionAgeMs: null, payloadBytes: 300 });
  });

  test("stays small however many names a run uses", () => {
    const many = Array.from({ length: 200 }, (_, n) =>
      observed({
        id: `e${n}`,
        timeMs: 6_000 + n,
        runId: "run",
        stage: "emitted",
        type: "tool_executing",
        toolName: `t${n}`,
      }),
    );
    expect(run([request, ...many])?.tools).toHaveLength(20);
  });
});
