import fc from "fast-check";
import { expect, it } from "vitest";
import { DEFAULT_POLICY } from "../journeys/policy";
import type { ConnectionEvent, ObservedEvent } from "../telemetry/event";
import { connectionEvent, observed } from "../testing/events";
import { type AnyEvent, leaksIn } from "../testing/judge-all";
import type { LeakRule } from "./leak-rules";

let count = 0;
const event = (stage: ObservedEvent["stage"], partial: Partial<ObservedEvent>): AnyEvent =>
  observed({ id: `e${count++}`, stage, ...partial });
const login = (connectionId: string, userId: string): AnyEvent => {
  const stage: ConnectionEvent["stage"] = "connection_authenticated";
  return connectionEvent({ stage, connectionId, userId, id: `login-${connectionId}` });
};
const TWO_USERS = [login("c1", "alice"), login("c2", "bob")];

/** A message emitted and sent to one connection, with content. */
function told(
  connectionId: string,
  userId: string,
  timeMs: number,
  message: Partial<ObservedEvent> = {},
  sent: Partial<ObservedEvent> = {},
): AnyEvent[] {
  const content = { payloadHash: "h1", payloadBytes: 64, messageId: `to-${userId}-${timeMs}`, userId, ...message };
  return [
    event("emitted", { type: "note", ...content, timeMs: timeMs - 10 }),
    event("sent", { type: "note", ...content, scope: "user", timeMs, connectionId, ...sent }),
  ];
}

/** What happens, and the rules that say so, in any order. */
const CASES: [guarantee: string, events: AnyEvent[], rules: LeakRule[]][] = [
  [
    "one content that reached two users as two messages",
    [...TWO_USERS, ...told("c1", "alice", 5_000), ...told("c2", "bob", 6_000)],
    ["same_content"],
  ],
  [
    "content that only the emissions carry",
    [
      ...[...TWO_USERS, ...told("c1", "alice", 5_000, {}, { payloadHash: null, payloadBytes: null })],
      ...told("c2", "bob", 6_000, {}, { payloadHash: null, payloadBytes: null }),
    ],
    ["same_content"],
  ],
  [
    "the same content after more than five minutes, or twice to one user, is no leak",
    [
      ...[...TWO_USERS, ...told("c1", "alice", 5_000), ...told("c1", "alice", 6_000, { messageId: "other" })],
      ...told("c2", "bob", 306_001),
    ],
    [],
  ],
  [
    "content of little or unknown size is no leak",
    [
      ...[...TWO_USERS, ...told("c1", "alice", 5_000, { payloadBytes: 63 }, { payloadBytes: 63 })],
      ...[...told("c2", "bob", 6_000, { payloadBytes: 63 }, { payloadBytes: 63 })],
      ...told(
        "c1",
        "alice",
        7_000,
        { payloadHash: "h2", payloadBytes: null, messageId: "n1" },
        { payloadHash: "h2", payloadBytes: null },
      ),
      ...told(
        "c2",
        "bob",
        8_000,
        { payloadHash: "h2", payloadBytes: null, messageId: "n2" },
        { payloadHash: "h2", payloadBytes: null },
      ),
    ],
    [],
  ],
  [
    "content for everybody, and a send that failed, are no leak",
    [
      ...[...TWO_USERS, ...told("c1", "alice", 5_000, { type: "news", scope: "broadcast" }, { type: "news" })],
      ...told("c2", "bob", 6_000, { type: "news", scope: "broadcast" }, { type: "news" }),
      ...told("c1", "alice", 7_000, { payloadHash: "h2", messageId: "n1" }, { payloadHash: "h2" }),
      ...told("c2", "bob", 8_000, { payloadHash: "h2", messageId: "n2" }, { payloadHash: "h2", outcome: "error" }),
    ],
    [],
  ],
];

it.each(CASES)("%s", (_guarantee, events, rules) => {
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
      const found = leaksIn([...shuffled, ...shuffled.slice(0, 3)], DEFAULT_POLICY, 3_600_000);
      expect(found.map(({ rule }) => rule)).toEqual(rules);
    }),
    { numRuns: 30 },
  );
});
