import { describe, expect, test } from "vitest";
import type { EvidenceBinding, EvidenceEvent, EvidenceSide } from "@/contracts/http";
import { bindingStory, bindingWords, sideRows, sinceFirstMs } from "./prepare-evidence";

const at = (ms: number) => new Date(Date.UTC(2026, 10, 20, 12) + ms).toISOString();
const nothing = { type: null, userId: null, connectionUser: null, connectionId: null, instance: null, runId: null };
const event = (id: string, ms: number): EvidenceEvent => ({
  ...{ id, time: at(ms), stage: "sent", outcome: "ok", ...nothing, messageId: null, agentName: null, toolName: null },
  ...{ router: null, handler: null, errorCode: null, version: null },
});
const side = (role: EvidenceSide["role"], events: EvidenceEvent[]): EvidenceSide => ({
  ...{ role, userId: role, events, moreBefore: false, moreAfter: false },
});

test("both timelines share one axis, and the leaked message stands once, on both sides", () => {
  const leaked = event("leaked", 20);
  const sides = [
    side("owner", [event("asked", 0), leaked, event("later", 40)]),
    side("recipient", [event("came", 10), leaked]),
  ];
  const rows = sideRows({ sides }, ["leaked"]);
  expect(rows.map(({ key, cells, proves }) => [key, cells.map((cell) => cell !== null), proves])).toEqual([
    ["asked", [true, false], false],
    ["came", [false, true], false],
    ["leaked", [true, true], true],
    ["later", [true, false], false],
  ]);
});

describe("a binding", () => {
  const binding: EvidenceBinding = {
    ...{ connectionId: "c", instance: null, openedAt: at(0), closedAt: null, closeCode: null, events: [] },
    bindings: [
      { userId: "ann", at: at(1) },
      { userId: "ben", at: at(5) },
      { userId: "cat", at: at(50) },
    ],
    userId: "ben",
  };

  test("names who had the connection then, since when, and who had it before", () => {
    expect(bindingStory(binding, { occurredAt: at(20) })).toEqual({ receiver: "ben", since: at(5), before: ["ann"] });
  });

  test("that is not known proves nobody", () => {
    expect(bindingStory(null, { occurredAt: at(20) })).toEqual({ receiver: null, since: null, before: [] });
    const nobody = { ...binding, bindings: [], userId: null };
    expect(bindingStory(nobody, { occurredAt: at(20) }).receiver).toBeNull();
  });
});

test.each([
  ["wrong_recipient", "It was written to", "The message is ann's."],
  ["identity_switch", "Somebody else signed in on", "Nobody had closed it or opened it anew between."],
  ["identity_from_payload", "It came by", "It speaks of ann."],
  ["canary_seen", "It was written to", "It holds a token that was planted for ann."],
  ["same_content", "It was written to", "ann had got exactly the same."],
])("of %s the connection is spoken of as what it was", (rule, happened, verdict) => {
  expect(bindingWords({ rule, owner: "ann" })).toEqual({ happened, verdict });
});

test("hops are timed from the first", () => {
  const hops = [event("a", 5), event("b", 25)];
  expect(hops.map((hop) => sinceFirstMs(hops, hop))).toEqual([0, 20]);
});
