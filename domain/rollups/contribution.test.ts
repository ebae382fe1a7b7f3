import { describe, expect, test } from "vitest";
import { instantiate, loadScenarios } from "@/e2e/support/scenario";
import { buildIntervals } from "../connections/build-intervals";
import type { ConnectionInterval } from "../connections/interval";
import { DEFAULT_POLICY } from "../journeys/policy";
import type { Verdict } from "../journeys/types";
import { connectionEvent } from "../testing/events";
import { fromWire } from "../testing/from-wire";
import { judgeAll } from "../testing/judge-all";
import { delivery, verdict } from "../testing/verdict";
import { contributionOfConnection, contributionOf as countJourney } from "./contribution";

const contributionOf = (judged: Verdict) => countJourney(judged, [], DEFAULT_POLICY);

const intervalsOf = (...events: Parameters<typeof connectionEvent>): ConnectionInterval[] =>
  buildIntervals(events.map((event) => connectionEvent(event)));

describe("a journey's contribution", () => {
  test("stands at the minute of its start", () => {
    expect(contributionOf(verdict({ startedAtMs: 125_000.5 }))).toEqual({
      minuteMs: 120_000,
      metrics: { "status/succeeded": 1 },
    });
  });

  test("counts a response time only of finished journeys", () => {
    const names = (status: "failed" | "running") =>
      Object.keys(contributionOf(verdict({ status, durationMs: 900 })).metrics).filter((name) =>
        name.startsWith("latency/"),
      );
    expect(names("failed")).toHaveLength(1);
    expect(names("running")).toHaveLength(0);
  });

  test("counts the steps that are done", () => {
    const steps = [
      { step: "received" as const, state: "done" as const, hop: null, atMs: 0 },
      { step: "routed" as const, state: "missing" as const, hop: null, atMs: null },
    ];
    expect(contributionOf(verdict({ steps })).metrics).toEqual({ "funnel/received": 1, "status/succeeded": 1 });
  });

  test("counts a message once however many tabs got it, and as delivered when one did", () => {
    const deliveries = [
      delivery({ connectionId: "tab1", state: "unacked" }),
      delivery({ connectionId: "tab2", state: "acked" }),
      delivery({ messageId: "m2", state: "lost", connectionId: null, sentAtMs: null }),
      delivery({ messageId: null, connectionId: "tab1", eventIds: ["e1", "s1"] }),
      delivery({ messageId: null, connectionId: "tab2", eventIds: ["e1", "s2"] }),
      delivery({ messageId: "m9", type: "typing" }),
    ];
    expect(contributionOf(verdict({ deliveries })).metrics).toEqual({
      "delivery/agent_completed/acked": 1,
      "delivery/agent_completed/delivered": 2,
      "delivery/agent_completed/emitted": 3,
      "status/succeeded": 1,
    });
  });

  test("a leak is no delivery, a send to a connection never seen is one", () => {
    const deliveredBy = (state: "leaked" | "unknown") =>
      contributionOf(verdict({ deliveries: [delivery({ state })] })).metrics["delivery/agent_completed/delivered"];
    expect(deliveredBy("leaked")).toBeUndefined();
    expect(deliveredBy("unknown")).toBe(1);
  });

  test.each(["running", "abandoned", "cancelled", "unobserved"] as const)(
    "that is %s excuses what was not delivered: nobody waited for it",
    (status) => {
      const lost = delivery({ messageId: "m2", state: "lost", connectionId: null, sentAtMs: null });
      const { metrics } = contributionOf(verdict({ status, deliveries: [delivery({ state: "delivered" }), lost] }));
      expect(metrics).toEqual({
        "delivery/agent_completed/emitted": 2,
        "delivery/agent_completed/delivered": 1,
        "delivery/agent_completed/excused": 1,
        [`status/${status}`]: 1,
      });
    },
  );

  test("does not count messages whose delivery nobody reports", () => {
    const steps = [{ step: "response_delivered" as const, state: "not_observed" as const, hop: null, atMs: null }];
    const deliveries = [delivery({ state: "emitted", sentAtMs: null, connectionId: null })];
    expect(contributionOf(verdict({ steps, deliveries })).metrics).toEqual({ "status/succeeded": 1 });
  });

  test.each(["completed-never-sent", "dropped-by-queue", "connection-lost", "phantom-no-connection"])(
    "counts the answer of %s as emitted and not delivered",
    (name) => {
      const nowMs = Date.UTC(2026, 0, 1, 12);
      const scenario = loadScenarios().find((one) => one.name === name);
      if (!scenario) throw new Error(`no scenario ${name}`);
      const { events } = instantiate(scenario, { prefix: "p-", environment: "test", nowMs });
      const [verdict] = judgeAll(fromWire(events, nowMs), DEFAULT_POLICY, nowMs);
      if (!verdict) throw new Error("no journey");
      const { metrics } = contributionOf(verdict);
      expect(metrics["delivery/agent_completed/emitted"]).toBe(1);
      expect(metrics["delivery/agent_completed/delivered"]).toBeUndefined();
      expect(metrics["delivery/agent_started/delivered"]).toBe(1);
    },
  );
});

describe("a connection's contribution", () => {
  test("stands at the minutes where things happened", () => {
    const intervals = [
      ...intervalsOf({ id: "o", timeMs: 59_000 }),
      ...buildIntervals([
        connectionEvent({ id: "o2", timeMs: 10_000 }),
        connectionEvent({ id: "a2", timeMs: 10_100, stage: "connection_authenticated", userId: "alice" }),
        connectionEvent({ id: "c2", timeMs: 70_000, stage: "connection_closed", closeCode: 1006 }),
      ]),
    ];
    const [first, second] = contributionOfConnection(intervals, [61_000]);
    expect(first).toMatchObject({ minuteMs: 0, metrics: { "conn/opened": 2, "conn/authenticated": 1 } });
    expect(Object.keys(first?.metrics ?? {}).filter((name) => name.startsWith("connauth/"))).toHaveLength(1);
    expect(second).toEqual({ minuteMs: 60_000, metrics: { "conn/abnormal": 1, "conn/rejected": 1 } });
  });

  test.each([
    [1000, undefined],
    [1001, undefined],
    [1006, 1],
    [null, 1],
  ])("a close with code %s is abnormal: %s", (closeCode, abnormal) => {
    const intervals = buildIntervals([connectionEvent({ id: "c", stage: "connection_closed", closeCode })]);
    expect(contributionOfConnection(intervals, [])[0]?.metrics["conn/abnormal"]).toBe(abnormal);
  });

  test("a connection that was open before anybody watched was not opened now", () => {
    const intervals = intervalsOf({ id: "s", timeMs: 5, snapshot: true });
    expect(contributionOfConnection(intervals, [])).toEqual([]);
  });
});
