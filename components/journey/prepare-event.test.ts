import { describe, expect, it } from "vitest";
import { eventView } from "@/client/testing/journey-detail";
import { aroundEvent, receivedWords, type Turn } from "./prepare-event";

const events = ["a", "b", "c", "d"].map((id, n) => eventView(id, n, {}));

describe("the events before and after one", () => {
  it.each<[string | null, number | null, boolean, number | null, Turn, Turn]>([
    ["a", null, false, 1, null, { to: "b" }],
    ["b", null, false, 2, { to: "a" }, { to: "c" }],
    ["d", null, false, 4, { to: "c" }, null],
    ["d", null, true, 4, { to: "c" }, "fetch"],
    // Between b and c others were not fetched.
    ["b", 2, true, 2, { to: "a" }, null],
    ["c", 2, true, null, "fetch", { to: "d" }],
    ["d", 2, false, null, { to: "c" }, null],
    ["x", null, true, null, null, null],
    [null, null, true, null, null, null],
  ])("%s with a gap at %s", (id, gapAt, hasMore, position, earlier, later) => {
    expect(aroundEvent({ events, gapAt, hasMore }, id)).toMatchObject({ position, earlier, later });
  });
});

it("says how late an event came, and when the clocks disagree", () => {
  const time = "2026-01-31T12:00:01.000Z";
  expect(receivedWords({ time, receivedAt: "2026-01-31T12:00:01.020Z" })).toBe("20 ms after it happened");
  expect(receivedWords({ time, receivedAt: "2026-01-31T12:00:00.500Z" })).toBe(
    "500 ms before it happened: the clocks differ",
  );
});
