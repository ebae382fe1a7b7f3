/** In storms of every fault at once, each journey gets exactly the verdict that it was built to get. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repeat, shuffle } from "@/synthetic/arrange";
import { makeStorm } from "@/synthetic/make-storm";
import { fromWire } from "../testing/from-wire";
import { judgeGroups } from "../testing/judge-all";
import { DEFAULT_POLICY } from "./policy";

const START_MS = Date.UTC(2026, 0, 1, 12);

describe.each([1, 2, 3, 4])("storm %i", (seed) => {
  const { events, labels, settledAtMs } = makeStorm({
    seed,
    journeys: 150,
    users: 15,
    environment: "test",
    startMs: START_MS,
  });
  const judge = (list: typeof events) => judgeGroups(fromWire(list, settledAtMs), DEFAULT_POLICY, settledAtMs);
  const judged = judge(events);

  test("every journey gets its label", () => {
    const told = labels.map(({ id, fault }) => {
      const verdict = judged.find(({ group }) => group.aliases.includes(id) || group.id === id)?.verdict;
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
      id,
      fault,
      status,
      findings: [...new Set(findings)].sort(),
      brokenStep,
      leakedTo: [...leakedTo].sort(),
      owner,
    }));
    expect(told).toEqual(expected);
  });

  test("no journey is told that is none", () => {
    expect(judged).toHaveLength(labels.length);
  });

  test("the verdicts are the same in any order and with repetitions", () => {
    expect(judge(shuffle(repeat(events, 0.5, seed), seed))).toEqual(judged);
  });
});

const smallStorm = fc
  .integer({ min: 0, max: 1_000_000 })
  .map((seed) => makeStorm({ seed, journeys: 10, users: 4, environment: "test", startMs: START_MS }));

/** A storm beside its events as they might arrive: in any order, any of them twice. */
const arrivingStorm = smallStorm.chain((storm) =>
  fc
    .subarray(storm.events)
    .map((again) => [...storm.events, ...again])
    .chain((told) => fc.shuffledSubarray(told, { minLength: told.length }))
    .map((arrived) => ({ storm, arrived })),
);

test("any storm gets the same verdicts in any order of arrival, with any events doubled", () => {
  fc.assert(
    fc.property(arrivingStorm, ({ storm: { events, settledAtMs }, arrived }) => {
      const judge = (list: typeof events) => judgeGroups(fromWire(list, settledAtMs), DEFAULT_POLICY, settledAtMs);
      expect(judge(arrived)).toEqual(judge(events));
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 30_000);
