import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../journeys/policy";
import type { ObservedEvent } from "../telemetry/event";
import { connectionEvent, observed } from "../testing/events";
import { type AnyEvent, leaksIn } from "../testing/judge-all";

const LONG_AFTER_MS = 3_600_000;
let count = 0;
const event = (stage: ObservedEvent["stage"], partial: Partial<ObservedEvent>): AnyEvent =>
  observed({ id: `e${count++}`, stage, timeMs: 5_000, type: "agent_completed", ...partial });
const connected = (connectionId: string, userId: string): AnyEvent[] => [
  connectionEvent({ connectionId, id: `opened-${connectionId}` }),
  connectionEvent({ stage: "connection_authenticated", connectionId, userId, timeMs: 40, id: `login-${connectionId}` }),
];

const USERS = [...connected("c1", "alice"), ...connected("c2", "bob")];
const REQUEST = event("received", {
  ...{ type: "user_message", messageId: "m1", runId: "r1", connectionId: "c1", userId: "alice", threadId: "t1" },
  timeMs: 1_000,
});
const RUN = { runId: "r1", messageId: "o1", agentName: "supervisor" };
const BOBS = { canaryUsers: ["bob"], payloadHash: "h", payloadHashKind: "server" } as const;
const FOUND = { rule: "canary_seen", severity: "critical", owner: "bob", recipient: "alice" };

/** What happens, and who got a token planted for bob, in any order. */
const CASES: [guarantee: string, events: AnyEvent[], found: object[]][] = [
  ["what was sent holds it", [...USERS, REQUEST, event("sent", { ...RUN, ...BOBS, connectionId: "c1" })], [FOUND]],
  [
    "what was emitted holds it, and the send brings no payload, or its hash alone",
    [
      ...[...USERS, REQUEST, event("emitted", { ...RUN, ...BOBS, timeMs: 4_990 })],
      event("sent", { ...RUN, connectionId: "c1", payloadHash: "own", payloadHashKind: "client" }),
    ],
    [FOUND],
  ],
  [
    "what was sent without it is no leak, whatever was emitted",
    [
      ...[...USERS, REQUEST, event("emitted", { ...RUN, ...BOBS, timeMs: 4_990 })],
      event("sent", { ...RUN, connectionId: "c1", payloadHash: "h2", payloadHashKind: "server" }),
    ],
    [],
  ],
  [
    "a send and its acknowledgement are one occurrence",
    [
      ...[...USERS, REQUEST, event("sent", { ...RUN, ...BOBS, connectionId: "c1" })],
      event("acked", { ...RUN, connectionId: "c1", timeMs: 5_010 }),
    ],
    [FOUND],
  ],
  [
    "each user for whom one was planted is an occurrence",
    [...USERS, REQUEST, event("sent", { ...RUN, ...BOBS, canaryUsers: ["bob", "alice", "eve"], connectionId: "c1" })],
    [FOUND, { ...FOUND, owner: "eve" }],
  ],
  [
    "no scope allows it: a thread's message",
    [
      ...[
        ...USERS,
        REQUEST,
        { ...REQUEST, id: "bobs", messageId: "m2", runId: "r2", connectionId: "c2", userId: "bob" },
      ],
      event("emitted", { ...RUN, ...BOBS, scope: "thread", threadId: "t1", timeMs: 4_990 }),
      event("sent", { ...RUN, connectionId: "c1", threadId: "t1" }),
    ],
    [FOUND],
  ],
  [
    "no scope allows it: a notice to everybody, which belongs to no journey",
    [...USERS, event("sent", { ...BOBS, type: "notice", messageId: "n", connectionId: "c1", scope: "broadcast" })],
    [FOUND],
  ],
  [
    "its own user may get it",
    [...USERS, event("sent", { ...BOBS, type: "notice", messageId: "n", connectionId: "c2", userId: "bob" })],
    [],
  ],
  [
    "a send that failed reached nobody",
    [...USERS, REQUEST, event("sent", { ...RUN, ...BOBS, connectionId: "c1", outcome: "error" })],
    [],
  ],
  ["what only came in reached nobody", [...USERS, { ...REQUEST, ...BOBS }], []],
  [
    "a connection nobody ever saw proves nothing",
    [...USERS, REQUEST, event("sent", { ...RUN, ...BOBS, connectionId: "c9" })],
    [],
  ],
  [
    "a recipient whom two clocks leave in doubt proves nothing",
    [
      ...connected("c2", "bob"),
      connectionEvent({ connectionId: "c1", id: "o", service: "gateway", clockOffsetMs: 6_000 }),
      connectionEvent({
        ...{ stage: "connection_authenticated", connectionId: "c1", userId: "alice", timeMs: 40, id: "l" },
        ...{ service: "gateway", clockOffsetMs: 6_000 },
      }),
      event("sent", { ...BOBS, type: "notice", messageId: "n", connectionId: "c1", service: "agents" }),
    ],
    [],
  ],
];

const canaries = (events: readonly AnyEvent[], nowMs = LONG_AFTER_MS) =>
  leaksIn(events, DEFAULT_POLICY, nowMs).filter(({ rule }) => rule === "canary_seen");

describe.each(CASES)("a canary: %s", (_guarantee, events, found) => {
  test("is judged by its rule", () => {
    expect(canaries(events)).toMatchObject(found);
    expect(canaries(events)).toHaveLength(found.length);
  });

  test("is judged alike in any order, with any repetitions", () => {
    const expected = canaries(events);
    const twice = [...events, ...events];
    fc.assert(
      fc.property(fc.shuffledSubarray(twice, { minLength: twice.length }), (shuffled) => {
        expect(canaries(shuffled)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

test("a login that is reported late says who got it", () => {
  const sent = event("sent", { ...RUN, ...BOBS, connectionId: "c1" });
  const login = connectionEvent({ stage: "connection_authenticated", userId: "alice", timeMs: 6_000 });
  expect(canaries([connectionEvent(), REQUEST, sent])).toEqual([]);
  expect(canaries([connectionEvent(), REQUEST, sent, login])).toMatchObject([FOUND]);
});

test("it counts at once, also in a message whose owner is a mere claim", () => {
  const events = [
    ...USERS,
    event("sent", { ...BOBS, type: "notice", messageId: "n", connectionId: "c1", userId: "bob" }),
  ];
  expect(canaries(events, 5_000)).toMatchObject([FOUND]);
});
