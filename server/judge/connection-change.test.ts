import { describe, expect, it } from "vitest";
import type { ConnectionInterval } from "@/domain/connections/interval";
import { changeOf } from "./connection-change";

const key = { environment: "test", instance: "", connectionId: "c" };
const interval = (some: Partial<ConnectionInterval>): ConnectionInterval => ({
  ...key,
  n: 0,
  openedAtMs: 100_000,
  authenticatedAtMs: 100_000,
  closedAtMs: null,
  closeCode: null,
  userId: "ada",
  bindings: [],
  acks: false,
  ...some,
});
const between = (change: ReturnType<typeof changeOf>) => change && [change.usersFromMs, change.usersToMs];

describe("a connection's change concerns its users", () => {
  it("from its opening on while it is open, though everything on it was unknown before", () => {
    const change = changeOf(key, [], [interval({})]);
    expect(between(change)).toEqual([98_000, null]);
    expect(change?.fromMs).toBeNull();
  });

  it("only while it was open, once it is closed", () => {
    expect(between(changeOf(key, [], [interval({ closedAtMs: 200_000 })]))).toEqual([98_000, 202_000]);
  });

  it("ever since, where nobody saw it open", () => {
    expect(between(changeOf(key, [], [interval({ openedAtMs: null, closedAtMs: 200_000 })]))).toEqual([null, 202_000]);
  });

  it("from its close on, if only that is new", () => {
    expect(between(changeOf(key, [interval({})], [interval({ closedAtMs: 200_000 })]))).toEqual([198_000, null]);
  });

  it("in every interval that differs, and in no other", () => {
    const old = [interval({ closedAtMs: 200_000 }), interval({ openedAtMs: 300_000, closedAtMs: 400_000 })];
    const fresh = [interval({ closedAtMs: 200_000 }), interval({ openedAtMs: 300_000, closedAtMs: 500_000 })];
    expect(between(changeOf(key, old, fresh))).toEqual([398_000, 502_000]);
    expect(changeOf(key, old, old)).toBeNull();
  });
});
