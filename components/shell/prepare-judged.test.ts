import { describe, expect, it } from "vitest";
import { prepareOldness } from "./prepare-judged";

const UP_TO = "2026-01-31T12:00:00.000Z";
const at = (afterMs: number) => Date.parse(UP_TO) + afterMs;
const judged = (backlog: number) => ({ upTo: UP_TO, backlog, setAside: 0 });
const live = { state: "live", problem: null } as const;

describe("the warning that a page may be old", () => {
  it("comes when judging is more than 30 s behind, and not when nothing waits", () => {
    const kind = (backlog: number, nowMs: number) =>
      prepareOldness({ live, judged: judged(backlog), heardAtMs: nowMs, nowMs })?.kind;
    expect(kind(3, at(31_000))).toBe("behind");
    expect(kind(3, at(30_000))).toBeUndefined();
    expect(kind(0, at(3_600_000))).toBeUndefined();
  });

  it("comes when the server has said nothing for 30 s, so that an old figure never passes for a new one", () => {
    const input = { live, judged: judged(0), heardAtMs: at(0) };
    expect(prepareOldness({ ...input, nowMs: at(30_000) })).toBeNull();
    expect(prepareOldness({ ...input, nowMs: at(31_000) })?.kind).toBe("silent");
  });

  it("comes when this tab is cut off, whatever was judged", () => {
    const cut = { state: "refused", problem: "you are signed out" } as const;
    expect(prepareOldness({ live: cut, judged: null, heardAtMs: 0, nowMs: 0 })).toEqual({
      kind: "offline",
      problem: "you are signed out",
    });
  });

  it("does not come before anything was heard", () => {
    expect(prepareOldness({ live, judged: null, heardAtMs: 0, nowMs: at(0) })).toBeNull();
  });
});
