import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterCount } from "./after-count";
import { applyCommand, type IncidentCommand, isMuted, MAX_MUTE_MS } from "./apply-command";
import { type IncidentState, NEW_INCIDENT } from "./incident-state";

const NOW_MS = 1_000_000;
const ada = { name: "Ada", nowMs: NOW_MS };
const ben = { name: "Ben", nowMs: NOW_MS + 1 };
const newest = { version: "2.0", occurredAtMs: NOW_MS - 5_000 };

function done(state: IncidentState, command: IncidentCommand, by = ada): IncidentState {
  const result = applyCommand(state, command, by);
  return result.ok ? result.state : expect.unreachable(result.message);
}
const acknowledged = done(NEW_INCIDENT, { kind: "acknowledge" });
const resolved = done(acknowledged, { kind: "resolve" });
const count = (state: IncidentState, standing: number, fresh: typeof newest | null = null) =>
  afterCount(state, { standing, newest: fresh, nowMs: NOW_MS + 10 });
const withdrawn = count(resolved, 0)?.state ?? expect.unreachable();

describe("people", () => {
  test("acknowledge by name, resolve, and open again", () => {
    expect(acknowledged).toMatchObject({ status: "acknowledged", acknowledgedBy: "Ada", acknowledgedAtMs: NOW_MS });
    expect(resolved).toMatchObject({ status: "resolved", resolvedBy: "Ada", acknowledgedBy: "Ada" });
    expect(done(resolved, { kind: "reopen" })).toEqual(NEW_INCIDENT);
  });

  test.each([
    ["acknowledge", acknowledged],
    ["resolve", resolved],
    ["reopen", NEW_INCIDENT],
    ["unmute", NEW_INCIDENT],
  ] as const)("who asks to %s what is so already changes nothing, and the first one's name stays", (kind, state) => {
    expect(applyCommand(state, { kind }, ben)).toEqual({ ok: true, state, entry: null });
  });

  test("cannot acknowledge what was resolved, nor act on what was disproved", () => {
    expect(applyCommand(resolved, { kind: "acknowledge" }, ben)).toMatchObject({ ok: false, code: "wrong_state" });
    for (const kind of ["acknowledge", "resolve", "reopen"] as const) {
      expect(applyCommand(withdrawn, { kind }, ben)).toMatchObject({ ok: false, code: "wrong_state" });
    }
    expect(applyCommand(withdrawn, { kind: "note", text: "a" }, ben)).toMatchObject({ ok: true });
  });

  test("mute until a time that is ahead and not too far; resolving ends it", () => {
    const untilMs = NOW_MS + 60_000;
    const muted = done(acknowledged, { kind: "mute", untilMs });
    expect(isMuted(muted, untilMs - 1)).toBe(true);
    expect(isMuted(muted, untilMs)).toBe(false);
    expect(isMuted(done(muted, { kind: "unmute" }), NOW_MS)).toBe(false);
    expect(isMuted(done(muted, { kind: "resolve" }), NOW_MS)).toBe(false);
    for (const wrong of [NOW_MS, NOW_MS + MAX_MUTE_MS + 1]) {
      expect(applyCommand(NEW_INCIDENT, { kind: "mute", untilMs: wrong }, ada)).toMatchObject({ code: "out_of_range" });
    }
    expect(applyCommand(resolved, { kind: "mute", untilMs }, ada)).toMatchObject({ code: "wrong_state" });
  });
});

describe("telemetry", () => {
  test("brings a resolved incident back with a new occurrence and names its version, even one from before", () => {
    expect(count(resolved, 2, newest)).toEqual({
      state: expect.objectContaining({
        ...{ status: "regressed", regressedVersion: "2.0", regressedAtMs: NOW_MS + 10 },
        ...{ acknowledgedBy: null, resolvedBy: "Ada" },
      }),
      entry: { action: "regressed", from: "resolved", ...newest },
    });
  });

  test("changes nothing by more evidence of what is known, nor an open or acknowledged one by more occurrences", () => {
    expect(count(resolved, 2)).toBeNull();
    for (const state of [NEW_INCIDENT, acknowledged]) expect(count(state, 2, newest)).toBeNull();
  });

  test("withdraws an incident with no occurrence left, and brings it back as it was when that is proved again", () => {
    expect(withdrawn).toMatchObject({ status: "withdrawn", withdrawnFrom: "resolved" });
    expect(count(withdrawn, 0)).toBeNull();
    expect(count(withdrawn, 1)?.state).toEqual(resolved);
  });

  test("takes a new occurrence of a withdrawn incident for what nobody has seen", () => {
    expect(count(withdrawn, 1, newest)?.state.status).toBe("regressed");
    const disproved = count(acknowledged, 0)?.state ?? expect.unreachable();
    expect(count(disproved, 1, newest)?.state).toEqual(NEW_INCIDENT);
  });
});

test("whatever happens in whatever order, a status says what its fields say", () => {
  const command: fc.Arbitrary<IncidentCommand> = fc.oneof(
    fc.constantFrom(
      ...(["acknowledge", "resolve", "reopen", "unmute"] as const).map((kind) => ({ kind }) as IncidentCommand),
    ),
    fc.integer({ min: 1, max: 10_000 }).map((ms) => ({ kind: "mute" as const, untilMs: NOW_MS + ms })),
  );
  const recount = fc.record({ standing: fc.nat(2), isNew: fc.boolean() });
  fc.assert(
    fc.property(fc.array(fc.oneof(command, recount), { maxLength: 30 }), (steps) => {
      let state = NEW_INCIDENT;
      for (const step of steps) {
        if ("kind" in step) {
          const result = applyCommand(state, step, ada);
          if (result.ok) {
            expect(result.entry === null).toBe(result.state === state);
            state = result.state;
          }
        } else {
          state = count(state, step.standing, step.isNew ? newest : null)?.state ?? state;
          expect(state.status === "withdrawn").toBe(step.standing === 0);
        }
        expect(state.status === "withdrawn").toBe(state.withdrawnFrom !== null);
        if (state.status === "acknowledged") expect(state.acknowledgedBy).not.toBeNull();
        if (state.status === "resolved") expect(state.resolvedBy).not.toBeNull();
        if (state.status === "regressed") expect(state.regressedAtMs).not.toBeNull();
      }
    }),
  );
});
