import { describe, expect, it } from "vitest";
import { SIMULATED_USERS } from "./names";
import { BEAT_MS, type UserAction, userScript } from "./user-script";

function play(beats: number, overrides: Partial<Parameters<typeof userScript>[0]> = {}): UserAction[][] {
  const script = userScript({ seed: "7", idPrefix: "t", users: SIMULATED_USERS.slice(0, 16), rate: 2, ...overrides });
  return Array.from({ length: beats }, () => script.next().value ?? []);
}

describe("the user script", () => {
  it("is the same for the same seed and another for another", () => {
    expect(play(400)).toEqual(play(400));
    expect(play(400, { seed: "8" })).not.toEqual(play(400));
  });

  it("asks about as often as it should", () => {
    const minutes = 20;
    const beats = (minutes * 60_000) / BEAT_MS;
    const asked = play(beats)
      .flat()
      .filter(
        (action) =>
          action.kind === "say" && ["user_message", "chat", "start_agent", "agent_request"].includes(action.type),
      );
    expect(asked.length / (minutes * 60)).toBeGreaterThan(1.6);
    expect(asked.length / (minutes * 60)).toBeLessThan(2.6);
  });

  it("uses every message id once", () => {
    const ids = play(2_000)
      .flat()
      .flatMap((action) => (action.kind === "say" ? [action.messageId] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has people with two tabs, shared moments, outages in mid-run, people who leave and come back", () => {
    const beats = play(4_000);
    const actions = beats.flat();
    expect(actions.some((action) => action.kind === "arrive" && action.tabs === 2)).toBe(true);
    const together = (kind: UserAction["kind"]) =>
      beats.some((beat) => new Set(beat.filter((a) => a.kind === kind).map((a) => a.userId)).size > 1);
    expect(together("say")).toBe(true);
    expect(together("drop")).toBe(true);
    const left = actions.filter((action) => action.kind === "leave").map((action) => action.userId);
    expect(left.length).toBeGreaterThan(5);
    const arrivals = actions.filter((action) => action.kind === "arrive").map((action) => action.userId);
    expect(arrivals.filter((userId) => userId === left[0]).length).toBeGreaterThan(1);
  });

  it("never lets anybody act who is not there", () => {
    const present = new Set<string>();
    for (const action of play(4_000).flat()) {
      if (action.kind === "arrive") present.add(action.userId);
      else if (action.kind === "leave") present.delete(action.userId);
      else if (action.kind === "drop") expect(present).toContain(action.userId);
    }
  });
});
