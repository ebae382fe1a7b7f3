import { describe, expect, test } from "vitest";
import { delivery, finding, verdict } from "../testing/verdict";
import { summariseFinding } from "./summarise-finding";
import { FINDING_CODES, type Finding, type Verdict } from "./types";

const T = Date.UTC(2026, 0, 2, 10, 3, 12, 4);

describe("the sentence of a finding", () => {
  test.each<[Finding, Partial<Verdict>, string]>([
    [
      finding({
        code: "event_lost",
        messageId: "m1",
        messageType: "agent_completed",
        router: "QualityMessageRouter",
        dueMs: T + 5_000,
      }),
      { deliveries: [delivery({ state: "lost", emittedAtMs: T, sentAtMs: null, connectionId: null })] },
      "agent_completed was emitted at 10:03:12.004 and handed to nobody: QualityMessageRouter sent it to 0 connections until 10:03:17.004",
    ],
    [
      finding({ code: "wrong_recipient", messageId: "m1", messageType: "agent_completed", router: "R", dueMs: T }),
      {
        deliveries: [
          delivery(),
          delivery({ state: "leaked", recipient: "bob" }),
          delivery({ state: "leaked", recipient: "carol" }),
        ],
      },
      "agent_completed of alice reached bob, carol by R at 10:03:12.004",
    ],
    [
      finding({ code: "phantom_delivery", messageId: "m1", messageType: "agent_completed", dueMs: T }),
      { deliveries: [delivery({ state: "phantom", connectionId: "c9" })] },
      "agent_completed was reported as sent at 10:03:12.004, to a connection that was closed (c9)",
    ],
    [
      finding({ code: "not_routed", step: "routed", dueMs: T + 5_000 }),
      { startedAtMs: T },
      "the request was received at 10:03:12.004 and no router had taken it by 10:03:17.004",
    ],
    [
      finding({ code: "slow_response", dueMs: T }),
      { durationMs: 25_040 },
      "the response was delivered 25.0 s after the request",
    ],
  ])("%#", (told, partial, sentence) => {
    expect(summariseFinding(told, verdict(partial))).toBe(sentence);
  });

  test.each(FINDING_CODES)("%s has one, even with nothing else known", (code) => {
    const sentence = summariseFinding(finding({ code }), verdict({ owner: null }));
    expect(sentence.length).toBeGreaterThan(20);
    expect(sentence).not.toMatch(/null|undefined|NaN/);
  });
});
