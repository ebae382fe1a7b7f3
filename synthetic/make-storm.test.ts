import { describe, expect, it } from "vitest";
import { chunk, repeat, shuffle } from "./arrange";
import { FAULTS, makeStorm } from "./make-storm";

const options = { seed: 7, journeys: 400, users: 20, environment: "storm", startMs: 1_790_000_000_000 };

describe("a storm", () => {
  it("is the same for the same seed and another for another", () => {
    expect(makeStorm(options)).toEqual(makeStorm(options));
    expect(makeStorm({ ...options, seed: 8 }).events).not.toEqual(makeStorm(options).events);
  });

  it("has every fault, ids of its own for every event, and one label for every journey", () => {
    const { events, labels } = makeStorm(options);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    expect(new Set(labels.map((label) => label.fault))).toEqual(new Set(Object.keys(FAULTS)));
    expect(labels).toHaveLength(options.journeys);
  });

  it("may be shuffled, repeated and cut without losing anything", () => {
    const { events } = makeStorm({ ...options, journeys: 20 });
    const batches = chunk(repeat(shuffle(events, 1), 0.5, 2), 50, 3);
    const arrived = batches.flat();
    expect(arrived.length).toBeGreaterThan(events.length);
    expect(new Set(arrived)).toEqual(new Set(events));
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(50);
  });
});
