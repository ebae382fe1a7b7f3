import { describe, expect, test } from "vitest";
import { GROUP_MS, planTelling, REPEAT_MS, type TellableAlert } from "./plan-telling";

const NOW_MS = 10 * REPEAT_MS;
const alert = (partial: Partial<TellableAlert> = {}): TellableAlert => ({
  ...{ phase: "firing", silenced: false, quiet: false, told: "nothing", toldAtMs: null, gravity: 1, firingSinceMs: 0 },
  ...partial,
});
const told = (partial: Partial<TellableAlert> = {}) => alert({ told: "firing", toldAtMs: NOW_MS - 1_000, ...partial });

describe("of a group", () => {
  test("the first that begins is told at once, another one with everything that fires, not sooner than half a minute after", () => {
    expect(planTelling([alert()], NOW_MS)).toMatchObject({ status: "firing" });
    const group = (agoMs: number) => [alert(), told({ toldAtMs: NOW_MS - agoMs })];
    expect(planTelling(group(GROUP_MS), NOW_MS)).toEqual({ status: "firing", alerts: group(GROUP_MS), news: 1 });
    expect(planTelling(group(GROUP_MS - 1), NOW_MS)).toBeNull();
    expect(planTelling(group(-GROUP_MS), NOW_MS), "by another node's clock").not.toBeNull();
    const graver = [alert({ gravity: 0 }), told()];
    expect(planTelling(graver, NOW_MS), "a graver one waits for nothing").toMatchObject({ alerts: graver });
  });

  test("each that begins is told at once where few do within a minute, and a storm still waits", () => {
    const young = (n: number) => Array.from({ length: n }, () => told({ firingSinceMs: NOW_MS - 59_000 }));
    const fresh = alert({ firingSinceMs: NOW_MS });
    expect(planTelling([...young(4), fresh], NOW_MS, 5)).toMatchObject({ status: "firing" });
    expect(planTelling([...young(5), fresh], NOW_MS, 5)).toBeNull();
    expect(planTelling([...young(4), told({ firingSinceMs: NOW_MS - 60_000 }), fresh], NOW_MS, 5)).not.toBeNull();
    expect(planTelling(young(1), NOW_MS, 5), "nothing began").toBeNull();
  });

  test("news come first: what began, the gravest first, then what ended, then the rest from the newest on", () => {
    const old = told({ firingSinceMs: 1 });
    const older = told({ firingSinceMs: 0 });
    const ended = told({ phase: "resolved", firingSinceMs: 5 });
    const high = alert({ firingSinceMs: NOW_MS });
    const critical = alert({ gravity: 0, firingSinceMs: NOW_MS - 5 });
    const plan = planTelling([older, old, ended, high, critical], NOW_MS);
    expect(plan).toMatchObject({ alerts: [critical, high, ended, old, older], news: 3 });
  });

  test("what begins is told at once with an end, which never waits", () => {
    const group = [alert(), told({ phase: "resolved", toldAtMs: NOW_MS - 1 })];
    expect(planTelling(group, NOW_MS)).toEqual({ status: "firing", alerts: group, news: 2 });
  });

  test("what was told is not told again before four hours have passed", () => {
    expect(planTelling([told()], NOW_MS)).toBeNull();
    const old = told({ toldAtMs: NOW_MS - REPEAT_MS });
    expect(planTelling([old], NOW_MS)).toEqual({ status: "firing", alerts: [old], news: 1 });
    expect(planTelling([old, told()], NOW_MS), "with all that fires, of which nothing is due sooner then").toEqual({
      ...{ status: "firing", alerts: [old, told()], news: 2 },
    });
  });

  test("what somebody has taken on is not told again", () => {
    expect(planTelling([told({ toldAtMs: 0, quiet: true })], NOW_MS)).toBeNull();
  });

  test("the end is told, and that the rest goes on", () => {
    const ended = told({ phase: "resolved" });
    expect(planTelling([ended], NOW_MS)).toEqual({ status: "resolved", alerts: [ended], news: 1 });
    expect(planTelling([ended, told()], NOW_MS)).toMatchObject({ status: "firing", alerts: [ended, told()] });
  });

  test("a silenced alert is not told, and when it ends nobody is told who was not told before", () => {
    expect(planTelling([alert({ silenced: true })], NOW_MS)).toBeNull();
    expect(planTelling([alert({ silenced: true, phase: "resolved" })], NOW_MS)).toBeNull();
    expect(planTelling([told({ silenced: true, toldAtMs: 0 })], NOW_MS)).toBeNull();
    const heard = told({ silenced: true, phase: "resolved" });
    expect(planTelling([heard], NOW_MS), "the all-clear reaches whoever was alarmed").toMatchObject({
      alerts: [heard],
    });
  });

  test("a silenced alert that was told goes along with what else is told: it is not over", () => {
    const [silenced, ended] = [told({ silenced: true }), told({ phase: "resolved" })];
    expect(planTelling([silenced, ended], NOW_MS)).toEqual({ status: "firing", alerts: [ended, silenced], news: 1 });
    expect(planTelling([alert(), silenced], NOW_MS)).toMatchObject({ alerts: [alert(), silenced], news: 1 });
    expect(planTelling([alert(), alert({ silenced: true })], NOW_MS)).toMatchObject({ alerts: [alert()] });
  });

  test("a pending alert and one whose end was told are nothing to tell", () => {
    expect(
      planTelling([alert({ phase: "pending" }), alert({ phase: "resolved", told: "resolved" })], NOW_MS),
    ).toBeNull();
    expect(planTelling([], NOW_MS)).toBeNull();
  });
});
