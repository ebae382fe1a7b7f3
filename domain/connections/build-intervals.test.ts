import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConnectionEvent } from "../telemetry/event";
import { connectionEvent } from "../testing/events";
import { buildIntervals } from "./build-intervals";

let nextId = 0;
const at = (timeMs: number, partial: Partial<ConnectionEvent>) =>
  connectionEvent({ id: `e${nextId++}`, timeMs, ...partial });
const opened = (timeMs: number, partial: Partial<ConnectionEvent> = {}) =>
  at(timeMs, { stage: "connection_opened", ...partial });
const login = (timeMs: number, userId: string, partial: Partial<ConnectionEvent> = {}) =>
  at(timeMs, { stage: "connection_authenticated", userId, ...partial });
const closed = (timeMs: number, closeCode: number | null = null, partial: Partial<ConnectionEvent> = {}) =>
  at(timeMs, { stage: "connection_closed", closeCode, ...partial });
const rejected = (timeMs: number) => at(timeMs, { stage: "connection_rejected", outcome: "error" });

/** `opened-closed user,user` per interval; `*` is open since ever or still open. */
const shape = (events: ConnectionEvent[]) =>
  buildIntervals(events).map(
    ({ openedAtMs, closedAtMs, bindings }) =>
      `${openedAtMs ?? "*"}-${closedAtMs ?? "*"} ${bindings.map((binding) => binding.userId).join(",")}`,
  );

describe("intervals of a connection id", () => {
  test.each<[string, ConnectionEvent[], string[]]>([
    ["runs from opened to closed", [opened(10), login(20, "alice"), closed(90, 1000)], ["10-90 alice"]],
    ["a second open ends the one before", [opened(10), login(20, "alice"), opened(50)], ["10-50 alice", "50-* "]],
    ["a snapshot of an open id is the same one", [opened(10), opened(50, { snapshot: true })], ["10-* "]],
    ["a snapshot of an unseen id is open since ever", [opened(50, { snapshot: true })], ["*-* "]],
    [
      "a snapshot after a close is open since that close",
      [opened(10), closed(20), opened(50, { snapshot: true })],
      ["10-20 ", "20-* "],
    ],
    ["authenticated without opened opens there", [login(20, "alice"), closed(90)], ["20-90 alice"]],
    ["opened told after authenticated is the same one", [login(20, "alice"), opened(25), closed(90)], ["20-90 alice"]],
    ["only one opened is told late", [login(20, "alice"), opened(25), opened(50)], ["20-50 alice", "50-* "]],
    ["closed without opened is open since ever", [closed(90)], ["*-90 "]],
    ["a close told twice closes once", [opened(10), closed(90), closed(95)], ["10-90 "]],
    [
      "a re-used id has several lives",
      [opened(10), login(11, "alice"), closed(20), opened(30), login(31, "bob"), closed(40)],
      ["10-20 alice", "30-40 bob"],
    ],
    [
      "at one ms the close ends the older one",
      [opened(10), login(11, "alice"), opened(50), login(50, "bob"), closed(50)],
      ["10-50 alice", "50-* bob"],
    ],
    ["a life within one ms", [opened(10), login(10, "alice"), closed(10)], ["10-10 alice"]],
    [
      "a close and an authentication of another user at one ms are two lives",
      [opened(10), login(11, "alice"), login(50, "bob"), closed(50)],
      ["10-50 alice", "50-* bob"],
    ],
    ["a failed authentication binds nobody", [opened(10), login(20, "bob", { outcome: "error" })], ["10-* "]],
    ["a failed authentication opens nothing", [login(20, "bob", { outcome: "error" })], []],
    ["a failed open opens nothing", [opened(10, { outcome: "error" })], []],
    ["a rejection opens nothing", [rejected(10)], []],
    ["an identity switch has two users", [opened(10), login(20, "alice"), login(30, "bob")], ["10-* alice,bob"]],
    [
      "a snapshot authentication of the same user is no switch",
      [opened(10), login(20, "alice"), login(30, "alice", { snapshot: true })],
      ["10-* alice"],
    ],
    ["the user on opened counts if nobody authenticated", [opened(10, { userId: "alice" })], ["10-* alice"]],
    ["the user on closed counts if nobody authenticated", [closed(90, 1000, { userId: "alice" })], ["*-90 alice"]],
    [
      "an authentication outweighs the user on opened",
      [opened(10, { userId: "mallory" }), login(20, "alice")],
      ["10-* alice"],
    ],
  ])("%s", (_rule, events, expected) => {
    expect(shape(events)).toEqual(expected);
  });

  test("a user who only was claimed is the interval's, and authenticated never", () => {
    const [interval] = buildIntervals([opened(10, { userId: "alice" })]);
    expect(interval).toMatchObject({ userId: "alice", authenticatedAtMs: null });
  });

  test("the close code comes with the close, or with its repetition", () => {
    expect(buildIntervals([opened(10), closed(20, 1006), closed(21, 1000)])[0]?.closeCode).toBe(1006);
    expect(buildIntervals([opened(10), closed(20), closed(21, 1000)])[0]?.closeCode).toBe(1000);
  });

  test("acks belong to the life they fall into, up to a second early", () => {
    const events = [opened(10_000), closed(20_000), opened(30_000)];
    const acks = (times: number[]) => buildIntervals(events, times).map((interval) => interval.acks);
    expect(acks([])).toEqual([false, false]);
    expect(acks([9_500])).toEqual([true, false]);
    expect(acks([25_000])).toEqual([false, false]);
    expect(acks([31_000])).toEqual([false, true]);
    expect(acks([8_000])).toEqual([false, false]);
  });

  test("an ack on the life that was open says nothing of one that opened within a second after it", () => {
    const events = [opened(10_000), closed(20_000), opened(20_050)];
    const acks = (times: number[]) => buildIntervals(events, times).map((interval) => interval.acks);
    expect(acks([19_990])).toEqual([true, false]);
    expect(acks([20_000])).toEqual([true, false]);
    expect(acks([20_050])).toEqual([false, true]);
  });

  test("the order and the repetition of events change nothing", () => {
    const event = fc.record({
      stage: fc.constantFrom(
        "connection_opened" as const,
        "connection_authenticated" as const,
        "connection_closed" as const,
        "connection_rejected" as const,
      ),
      timeMs: fc.integer({ min: 0, max: 12 }),
      userId: fc.constantFrom("alice", "bob", null),
      outcome: fc.constantFrom("ok" as const, "ok" as const, "error" as const),
      snapshot: fc.boolean(),
      closeCode: fc.constantFrom(1000, 1006, null),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 12 }).chain((partials) => {
          const events = partials.map((partial, i) => connectionEvent({ id: `p${i}`, ...partial }));
          return fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          );
        }),
        ([events, shuffled]) => {
          const intervals = buildIntervals(events);
          expect(buildIntervals(shuffled)).toEqual(intervals);
          expect(intervals.slice(0, -1).every((interval) => interval.closedAtMs !== null)).toBe(true);
        },
      ),
    );
  });
});
