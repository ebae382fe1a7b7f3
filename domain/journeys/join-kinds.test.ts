/** Messages of systems without message ids, whose stages do not all name the agent. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ObservedEvent } from "../telemetry/event";
import { connectionEvent, observed } from "../testing/events";
import { type AnyEvent, judgeAll } from "../testing/judge-all";
import { DEFAULT_POLICY } from "./policy";

const NOW_MS = 900_000;
let count = 0;
const event = (timeMs: number, stage: ObservedEvent["stage"], partial: Partial<ObservedEvent>): AnyEvent =>
  observed({ id: `e${count++}`, timeMs, stage, runId: "run", ...partial });

const BEGUN: AnyEvent[] = [
  connectionEvent({ id: "o" }),
  connectionEvent({ id: "a", timeMs: 10, stage: "connection_authenticated", userId: "alice" }),
  event(100, "received", { connectionId: "c1", messageId: "m1" }),
  event(110, "routed", { messageId: "m1", router: "Router" }),
];
const MESSAGES: [type: string, names: Partial<ObservedEvent>][] = [
  ["agent_started", { agentName: "supervisor" }],
  ["agent_started", { agentName: "helper", parentAgent: "supervisor" }],
  ["tool_executing", { agentName: "helper", toolName: "search", toolCallId: "t1" }],
  ["tool_completed", { agentName: "helper", toolName: "search", toolCallId: "t1" }],
  ["agent_completed", { agentName: "helper", parentAgent: "supervisor" }],
  ["agent_completed", { agentName: "supervisor" }],
];

/** Each message emitted with its names, sent and acknowledged with those that `sends` and `acks` leave of them. */
function play(sends: (names: Partial<ObservedEvent>) => object, acks: ((names: object) => object) | null): AnyEvent[] {
  const told = MESSAGES.flatMap(([type, names], n) => {
    const timeMs = 200 + n * 100;
    return [
      event(timeMs, "emitted", { type, ...names }),
      event(timeMs + 5, "sent", { type, connectionId: "c1", ...sends(names) }),
      ...(acks === null ? [] : [event(timeMs + 9, "acked", { type, connectionId: "c1", ...acks(names) })]),
    ];
  });
  return [...BEGUN, ...told];
}

function judge(events: readonly AnyEvent[]) {
  const [verdict] = judgeAll(events, DEFAULT_POLICY, NOW_MS);
  return {
    status: verdict?.status,
    codes: verdict?.findings.map(({ code }) => code),
    states: verdict?.deliveries.map(({ state }) => state),
  };
}

const all = (names: object) => names;
const none = () => ({});
const onlyTool = ({ toolName = null }: Partial<ObservedEvent>) => ({ toolName });

test.each<[string, AnyEvent[], string]>([
  ["acknowledgements that name no agent", play(all, none), "acked"],
  ["acknowledgements that name the tool and not its call", play(all, onlyTool), "acked"],
  ["acknowledgements that name not even the type", play(all, () => ({ type: null })), "acked"],
  ["sends that name no agent", play(none, null), "delivered"],
  ["sends and acknowledgements that name no agent", play(none, none), "acked"],
])("%s belong to the messages that were emitted, in any order of arrival", (_what, events, state) => {
  const healthy = { status: "succeeded", codes: [], states: MESSAGES.map(() => state) };
  fc.assert(
    fc.property(fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }), (told) => {
      expect(judge(told)).toEqual(healthy);
    }),
    { numRuns: 20 },
  );
});

test("a name that contradicts makes another message", () => {
  const events = play(all, () => ({ agentName: "somebody-else" }));
  expect(judge(events).codes).toContain("event_unacked");
});
