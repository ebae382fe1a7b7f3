import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import { fromWire } from "@/domain/testing/from-wire";
import { judgeGroups } from "@/domain/testing/judge-all";
import { SERVICES } from "./fleet";
import { FAILING_COURSES } from "./mix";
import { planDays } from "./plan-days";
import { playDays } from "./play-days";
import type { DaysOptions } from "./types";

const options: DaysOptions = {
  seed: 7,
  events: 12_000,
  days: 2,
  endMs: Date.UTC(2026, 10, 20, 12, 0, 30),
  environment: "test",
};
const settledAtMs = options.endMs + 3_600_000;
const HOUR_MS = 3_600_000;

function play(some: Partial<DaysOptions> = {}) {
  const pieces = [...playDays({ ...options, ...some })];
  return { pieces, events: pieces.flatMap(({ events }) => events), labels: pieces.flatMap(({ labels }) => labels) };
}

describe("made-up days", () => {
  const plan = planDays(options);
  const { pieces, events, labels } = play();
  const judged = judgeGroups(fromWire(events, settledAtMs), DEFAULT_POLICY, settledAtMs);
  const byId = new Map(judged.flatMap((one) => [one.group.id, ...one.group.aliases].map((id) => [id, one] as const)));

  it("are the same for the same seed and another for another", () => {
    expect(play().events).toEqual(events);
    expect(play({ seed: 8 }).events).not.toEqual(events);
  });

  it("only move in time with their end", () => {
    const moved = play({ endMs: options.endMs + 7 * 24 * HOUR_MS }).events;
    expect(moved.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it.each([1_000, 5_000, 30_000])(
    "have exactly %i events where so many were asked for, each with its own id",
    (count) => {
      const told = play({ events: count }).events;
      expect(told).toHaveLength(count);
      expect(new Set(told.map(({ id }) => id)).size).toBe(count);
    },
  );

  it("come in order of time, within their days, a few at a time", () => {
    const times = events.map(({ time }) => Date.parse(time));
    expect(times.every((time, index) => time >= (times[index - 1] ?? plan.startMs) && time < plan.endMs)).toBe(true);
    expect(Math.max(...pieces.map((piece) => piece.events.length))).toBeLessThan(1_000);
  });

  it("get the verdict that each journey was built to get", () => {
    const told = labels.map(({ id, fault }) => {
      const verdict = byId.get(id)?.verdict;
      return {
        id,
        fault,
        status: verdict?.status,
        findings: [...new Set(verdict?.findings.map(({ code }) => code))].sort(),
        brokenStep: verdict?.brokenAt?.step ?? null,
        leakedTo: [...new Set(verdict?.occurrences.map(({ recipient }) => recipient))].sort(),
        owner: verdict?.owner,
      };
    });
    const expected = labels.map(({ id, fault, status, findings, brokenStep, leakedTo, owner }) => ({
      ...{ id, fault, status, findings: [...new Set(findings)].sort(), brokenStep, leakedTo, owner },
    }));
    expect(told).toEqual(expected);
    expect(judged).toHaveLength(labels.length);
  });

  it("have one leak, at the time that the plan says", () => {
    const leaks = judged.flatMap(({ verdict }) => verdict.occurrences.map(() => verdict.startedAtMs));
    expect(leaks).toHaveLength(1);
    expect(Math.abs((leaks[0] ?? 0) - plan.leakAtMs)).toBeLessThan(2 * 60_000);
  });

  it("have a user with a tenth of all events, over several tabs, reconnects and threads", () => {
    const own = events.filter(({ userId }) => userId === plan.busyUser.id);
    expect(own.length).toBeGreaterThan(options.events / 11);
    expect(new Set(own.map(({ threadId }) => threadId)).size).toBeGreaterThan(5);
    const opened = own.filter(({ stage }) => stage === "connection_authenticated");
    expect(opened.length).toBeGreaterThan(2);
  });

  it("name four routers, components that change state, and messages that are no requests", () => {
    expect(new Set(events.flatMap(({ router }) => router?.split(":").at(-1) ?? []))).toEqual(
      new Set(SERVICES.map(({ router }) => router)),
    );
    expect(new Set(events.flatMap(({ attributes }) => attributes?.state ?? []))).toEqual(
      new Set(["open", "half_open", "closed", "degraded"]),
    );
    expect(new Set(events.map(({ type }) => type))).toContain("typing");
  });
});

describe("many made-up days", () => {
  const plan = planDays({ ...options, events: 120_000, days: 7 });
  const { labels, events } = play({ events: 120_000, days: 7 });
  const failed = labels.filter(({ fault }) => FAILING_COURSES.has(fault));

  it("break in two to three journeys of a hundred, in a dozen ways or more", () => {
    const share = failed.length / labels.length;
    expect(share).toBeGreaterThan(0.018);
    expect(share).toBeLessThan(0.035);
    expect(new Set(failed.map(({ fault }) => fault)).size).toBeGreaterThanOrEqual(12);
  });

  it("lose answers in one release from its deployment on", () => {
    const versionOf = new Map(
      events.flatMap(({ runId, version, time }) => (runId ? [[runId, { version, time }]] : [])),
    );
    const lost = failed.flatMap(({ fault, id }) => (fault === "answerNeverSent" ? (versionOf.get(id) ?? []) : []));
    const ofRelease = lost.filter(({ version }) => version === plan.onset.version);
    expect(ofRelease.length).toBeGreaterThan(lost.length / 3);
    expect(ofRelease.every(({ time }) => Date.parse(time) >= plan.onset.atMs)).toBe(true);
  });

  it("are busy by day and quiet at night", () => {
    const at = (hour: number) => events.filter(({ time }) => new Date(time).getUTCHours() === hour).length;
    expect(at(14)).toBeGreaterThan(3 * at(2));
  });
});
