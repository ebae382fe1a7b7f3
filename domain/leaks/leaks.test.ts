import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../journeys/policy";
import type { ConnectionEvent, ObservedEvent } from "../telemetry/event";
import { connectionEvent, observed } from "../testing/events";
import { type AnyEvent, leaksIn } from "../testing/judge-all";
import type { LeakRule } from "./leak-rules";

const LONG_AFTER_MS = 3_600_000;

function connected(connectionId: string, userId: string | null, partial: Partial<ConnectionEvent> = {}): AnyEvent[] {
  const at = (stage: ConnectionEvent["stage"], more: Partial<ConnectionEvent>) =>
    connectionEvent({ stage, connectionId, id: `${stage}-${connectionId}-${more.userId ?? ""}`, ...partial, ...more });
  const opened = at("connection_opened", {});
  return userId === null ? [opened] : [opened, at("connection_authenticated", { timeMs: 40, userId })];
}

let count = 0;
const event = (stage: ObservedEvent["stage"], partial: Partial<ObservedEvent>): AnyEvent =>
  observed({ id: `e${count++}`, stage, timeMs: 5_000, type: "agent_completed", ...partial });

const RUN = { runId: "r1", messageId: "o1", agentName: "supervisor" };
const TWO_USERS = [...connected("c1", "alice"), ...connected("c2", "bob")];
const REQUEST = event("received", {
  ...{ type: "user_message", messageId: "m1", runId: "r1", connectionId: "c1", userId: "alice", threadId: "t1" },
  timeMs: 1_000,
});

const rulesOf = (events: readonly AnyEvent[], nowMs = LONG_AFTER_MS): LeakRule[] =>
  leaksIn(events, DEFAULT_POLICY, nowMs).map(({ rule }) => rule);

/** What happens, and the rules that say so, in any order. */
const CASES: [guarantee: string, events: AnyEvent[], rules: LeakRule[]][] = [
  [
    "a payload that names another known user than its recipient",
    [...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c1", routingIds: ["bob"], payloadHash: "h" })],
    ["foreign_recipient_in_payload"],
  ],
  [
    "what was emitted names another user, and the send repeats no payload",
    [
      ...[...TWO_USERS, REQUEST, event("emitted", { ...RUN, routingIds: ["bob"], timeMs: 4_990 })],
      event("sent", { ...RUN, connectionId: "c1" }),
    ],
    ["foreign_recipient_in_payload"],
  ],
  [
    "a payload that names its recipient, or somebody nobody knows, is no leak",
    [...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c1", routingIds: ["alice", "thread-7"] })],
    [],
  ],
  [
    "a thread's message may name any of its users",
    [
      ...[...TWO_USERS, REQUEST],
      event("emitted", { ...RUN, scope: "thread", threadId: "t1", timeMs: 4_990 }),
      event("sent", { ...RUN, connectionId: "c1", threadId: "t1", routingIds: ["bob"] }),
    ],
    [],
  ],
  [
    "one connection that becomes another user's without a close",
    [...connected("c1", "alice"), connectionEvent({ stage: "connection_authenticated", userId: "bob", timeMs: 90 })],
    ["identity_switch"],
  ],
  [
    "a connection id that is opened anew may be another user's",
    [
      ...connected("c1", "alice"),
      connectionEvent({ id: "again", timeMs: 80 }),
      connectionEvent({ stage: "connection_authenticated", userId: "bob", timeMs: 90 }),
    ],
    [],
  ],
  [
    "a run whose events claim two known users",
    [
      ...[...TWO_USERS, REQUEST, event("emitted", { ...RUN, userId: "bob", timeMs: 4_990 })],
      event("sent", { ...RUN, connectionId: "c1" }),
    ],
    ["run_crossed_users"],
  ],
  [
    "a run whose events claim somebody nobody knows is bad data only",
    [...TWO_USERS, REQUEST, event("emitted", { ...RUN, userId: "thread-7" })],
    [],
  ],
  [
    "a message from a user that claims to be another",
    [
      ...TWO_USERS,
      event("received", { type: "user_message", messageId: "m2", connectionId: "c1", userId: "bob", threadId: "t1" }),
    ],
    ["identity_from_payload"],
  ],
  [
    "a ping that claims to be another user's",
    [...TWO_USERS, event("received", { type: "ping", messageId: "p1", connectionId: "c1", userId: "bob" })],
    ["identity_from_payload"],
  ],
  [
    "a critical event for nobody in particular",
    [...TWO_USERS, event("emitted", { messageId: "u1" })],
    ["unscoped_emit"],
  ],
  [
    "another stage of the message says whose it is",
    [
      ...[...TWO_USERS, event("emitted", { messageId: "u1" })],
      event("sent", { messageId: "u1", connectionId: "c1", userId: "alice" }),
    ],
    [],
  ],
  ["a declared broadcast needs no user", [...TWO_USERS, event("emitted", { messageId: "u1", scope: "broadcast" })], []],
  ["an event that is not critical needs no user", [...TWO_USERS, event("emitted", { type: "notice" })], []],
  [
    "a send to an open connection on which nobody ever authenticated",
    [...TWO_USERS, ...connected("c3", null), REQUEST, event("sent", { ...RUN, connectionId: "c3" })],
    ["sent_to_unauthenticated"],
  ],
  [
    "a connection that authenticates later was its user's all along",
    [
      ...[...TWO_USERS, ...connected("c3", null), REQUEST, event("sent", { ...RUN, connectionId: "c3" })],
      connectionEvent({ stage: "connection_authenticated", connectionId: "c3", userId: "alice", timeMs: 6_000 }),
    ],
    [],
  ],
  [
    "a notice to everybody may reach those who have not signed in",
    [
      ...connected("c3", null),
      event("sent", { type: "notice", messageId: "n", connectionId: "c3", scope: "broadcast" }),
    ],
    [],
  ],
  [
    "a connection nobody ever saw proves nothing",
    [...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c9", routingIds: ["bob"] })],
    [],
  ],
  [
    "a send to a connection that closed more than a second before",
    [
      ...[...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c2" })],
      connectionEvent({ stage: "connection_closed", connectionId: "c2", timeMs: 3_999, id: "closed" }),
    ],
    ["sent_after_close"],
  ],
  [
    "two clocks that disagree by more than the distance to a login leave it open who was connected",
    [
      ...connected("c1", "alice"),
      ...connected("c2", "bob", { service: "gateway", clockOffsetMs: 6_000 }),
      ...[REQUEST, event("sent", { ...RUN, connectionId: "c2", service: "agents" })],
    ],
    ["binding_uncertain"],
  ],
  [
    "two clocks that disagree by less leave no doubt",
    [
      ...connected("c1", "alice"),
      ...connected("c2", "bob", { service: "gateway", clockOffsetMs: 4_000 }),
      ...[REQUEST, event("sent", { ...RUN, connectionId: "c2", service: "agents" })],
    ],
    ["wrong_recipient"],
  ],
  [
    "a process agrees with itself, whatever its clock was said to be",
    [
      ...connected("c1", "alice"),
      ...connected("c2", "bob", { service: "gateway", clockOffsetMs: 6_000 }),
      ...[REQUEST, event("sent", { ...RUN, connectionId: "c2", service: "gateway" })],
    ],
    ["wrong_recipient"],
  ],
  [
    "a send within a second of the close is a race",
    [
      ...[...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c2" })],
      connectionEvent({ stage: "connection_closed", connectionId: "c2", timeMs: 4_000, id: "closed" }),
    ],
    [],
  ],
  [
    "the right user, in another thread than the run's",
    [...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c1", threadId: "t2" })],
    ["wrong_thread"],
  ],
  [
    "a send and its acknowledgement are one occurrence",
    [
      ...[...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c1", threadId: "t2" })],
      event("acked", { ...RUN, connectionId: "c1", threadId: "t2", timeMs: 5_010 }),
    ],
    ["wrong_thread"],
  ],
  [
    "a send that failed reached nobody",
    [...TWO_USERS, REQUEST, event("sent", { ...RUN, connectionId: "c1", threadId: "t2", outcome: "error" })],
    [],
  ],
];

describe.each(CASES)("%s", (_guarantee, events, rules) => {
  test("is judged by its rule", () => expect(rulesOf(events)).toEqual(rules));

  test("is judged alike in any order, with any repetitions", () => {
    const found = leaksIn(events, DEFAULT_POLICY, LONG_AFTER_MS);
    const twice = [...events, ...events];
    fc.assert(
      fc.property(fc.shuffledSubarray(twice, { minLength: twice.length }), (shuffled) => {
        expect(leaksIn(shuffled, DEFAULT_POLICY, LONG_AFTER_MS)).toEqual(found);
      }),
      { numRuns: 20 },
    );
  });
});

test("messages of two users under one id are two occurrences, though they went to one connection", () => {
  const third = connected("c3", "carol");
  const asked = event("received", {
    ...REQUEST,
    id: "asked",
    messageId: "m9",
    runId: "r9",
    connectionId: "c3",
    userId: "carol",
  });
  const sent = ["r1", "r9"].map((runId) => event("sent", { ...RUN, runId, messageId: "1", connectionId: "c2" }));
  const found = leaksIn([...TWO_USERS, ...third, REQUEST, asked, ...sent], DEFAULT_POLICY, LONG_AFTER_MS);
  expect(found.map(({ owner, recipient }) => [owner, recipient])).toEqual([
    ["alice", "bob"],
    ["carol", "bob"],
  ]);
  expect(new Set(found.map(({ key }) => key)).size).toBe(2);
});

test("what later telemetry usually explains waits for it", () => {
  const emitted = [...TWO_USERS, event("emitted", { messageId: "u1", timeMs: 5_000 })];
  expect(rulesOf(emitted, 5_000 + DEFAULT_POLICY.settleMs - 1)).toEqual([]);
  expect(rulesOf(emitted, 5_000 + DEFAULT_POLICY.settleMs)).toEqual(["unscoped_emit"]);
});
