import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "./policy";
import { always, policyAt, succeededBy, timelineBetween } from "./policy-timeline";

const version = (n: number, fromMs: number) => ({ policy: { ...DEFAULT_POLICY, version: n }, fromMs });
const timeline = succeededBy(succeededBy(always(DEFAULT_POLICY), version(2, 100)), version(3, 200));
const versionAt = (atMs: number) => policyAt(timeline, atMs).version;

describe("a policy's timeline", () => {
  it("the first version counts since ever, each other one from its time on", () => {
    expect([-1, 99, 100, 199, 200, 9_999].map(versionAt)).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it("a version that reaches back takes the place of those that began later", () => {
    const changed = succeededBy(timeline, version(4, 50));
    expect(changed.map(({ policy }) => policy.version)).toEqual([1, 4]);
  });

  it("between two moments only the versions that count in between are left", () => {
    const versions = (from: number, to: number) =>
      timelineBetween(timeline, from, to).map(({ policy }) => policy.version);
    expect(versions(0, 50)).toEqual([1]);
    expect(versions(50, 100)).toEqual([1, 2]);
    expect(versions(150, 9_999)).toEqual([2, 3]);
  });
});
