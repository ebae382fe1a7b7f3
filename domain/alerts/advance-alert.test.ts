import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertPace, type AlertState, advanceAlert, type Condition } from "./advance-alert";

const AT_ONCE: AlertPace = { forMs: 0, keepFiringMs: 0 };
const SLOW: AlertPace = { forMs: 60, keepFiringMs: 100 };

/** What comes of conditions seen at their times. */
function played(steps: [number, Condition][], pace: AlertPace): AlertState | null {
  return steps.reduce<AlertState | null>((state, [atMs, seen]) => advanceAlert(state, seen, pace, atMs), null);
}

describe("an alert", () => {
  test("without a for-duration fires at once and is resolved at once", () => {
    const firing = played([[5, "breached"]], AT_ONCE);
    expect(firing).toMatchObject({ phase: "firing", pendingSinceMs: 5, firingSinceMs: 5 });
    expect(advanceAlert(firing, "clear", AT_ONCE, 9)).toMatchObject({ phase: "resolved", resolvedAtMs: 9 });
  });

  test("waits until its condition held for long enough, and a condition that passes before tells nobody", () => {
    expect(played([[0, "breached"], [59, "breached"]], SLOW)?.phase).toBe("pending"); // biome-ignore format: one story a line
    expect(played([[0, "breached"], [60, "breached"]], SLOW)?.firingSinceMs).toBe(60); // biome-ignore format: one story a line
    expect(played([[0, "breached"], [30, "clear"]], SLOW)).toBeNull(); // biome-ignore format: one story a line
    expect(played([[0, "breached"], [30, "clear"], [40, "breached"], [70, "breached"]], SLOW)?.phase).toBe("pending"); // biome-ignore format: one story a line
  });

  test("goes on firing for a while after its condition passed, and a return in that while makes no second alert", () => {
    const firing = played([[0, "breached"], [60, "breached"], [70, "clear"], [160, "clear"]], SLOW); // biome-ignore format: one story a line
    expect(firing).toMatchObject({ phase: "firing", clearSinceMs: 70 });
    expect(advanceAlert(firing, "breached", SLOW, 165)).toMatchObject({ clearSinceMs: null, firingSinceMs: 60 });
    expect(advanceAlert(firing, "clear", SLOW, 170)).toMatchObject({ phase: "resolved", resolvedAtMs: 170 });
  });

  test("neither begins nor ends while nobody can tell", () => {
    expect(played([[0, "hold"]], AT_ONCE)).toBeNull();
    expect(played([[0, "breached"], [500, "hold"]], SLOW)).toBeNull(); // biome-ignore format: one story a line
    expect(played([[0, "breached"], [500, "hold"]], AT_ONCE)?.phase).toBe("firing"); // biome-ignore format: one story a line
  });
});

test("what was waited for starts over after nobody could tell", () => {
  expect(played([[0, "breached"], [30, "hold"], [70, "breached"]], SLOW)).toMatchObject({ phase: "pending", pendingSinceMs: 70 }); // biome-ignore format: one story a line
  const clearing = played([[0, "breached"], [60, "breached"], [70, "clear"], [100, "hold"], [180, "clear"]], SLOW); // biome-ignore format: one story a line
  expect(clearing).toMatchObject({ phase: "firing", clearSinceMs: 180 });
});

test("whatever is seen in whatever order: it fires after enough breach, ends after enough quiet, and never otherwise", () => {
  const step = fc.record({ waitMs: fc.nat(80), seen: fc.constantFrom<Condition>("breached", "clear", "hold") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let state: AlertState | null = null;
      let nowMs = 1_000;
      let breachedSinceMs: number | null = null;
      let quietSinceMs: number | null = null;
      for (const { waitMs, seen } of steps) {
        nowMs += waitMs;
        if (seen === "breached") [breachedSinceMs, quietSinceMs] = [breachedSinceMs ?? nowMs, null];
        if (seen === "hold") [breachedSinceMs, quietSinceMs] = [null, null];
        if (seen === "clear") [breachedSinceMs, quietSinceMs] = [null, quietSinceMs ?? nowMs];
        const before: AlertState | null = state;
        const after: AlertState | null = advanceAlert(before, seen, SLOW, nowMs);
        if (after?.phase === "firing" && before?.phase !== "firing") {
          expect(seen).toBe("breached");
          expect(nowMs - (breachedSinceMs ?? nowMs)).toBeGreaterThanOrEqual(SLOW.forMs);
        }
        if (before?.phase === "firing" && after?.phase !== "firing") {
          expect(after?.phase).toBe("resolved");
          expect(seen).toBe("clear");
          expect(nowMs - (quietSinceMs ?? nowMs)).toBeGreaterThanOrEqual(SLOW.keepFiringMs);
        }
        if (seen === "hold") expect(after?.phase).toBe(before?.phase === "firing" ? "firing" : undefined);
        state = after?.phase === "resolved" ? null : after;
      }
    }),
  );
});
