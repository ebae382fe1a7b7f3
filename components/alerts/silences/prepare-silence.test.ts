import { describe, expect, test } from "vitest";
import { alertRow } from "../testing/alert-row";
import { endAt, HOUR_MS, matchersOf, matcherText, readSilence, type SilenceDraft, typedEnd } from "./prepare-silence";

const NOW_MS = 1_000_000;
const draft = (partial: Partial<SilenceDraft> = {}): SilenceDraft => ({
  matchers: [{ name: "router", op: "=", value: "A" }],
  ...{ endsAtMs: NOW_MS + HOUR_MS, comment: "Known." },
  ...partial,
});

describe("a silence", () => {
  test("of an alert matches it by what tells it from others, not by its severity", () => {
    const labels = {
      alertname: "OpenIncident",
      severity: "critical",
      incident: "i1",
      router: "A",
      environment: "prod",
    };
    expect(matchersOf(alertRow({ labels })).map(matcherText)).toEqual([
      ...['alertname="OpenIncident"', 'incident="i1"', 'router="A"'],
    ]);
  });

  test("is what was written, without empty lines", () => {
    const matchers = [...draft().matchers, { name: " ", op: "=" as const, value: "" }];
    expect(readSilence(draft({ matchers }), NOW_MS)).toEqual({
      ok: true,
      silence: {
        ...{ matchers: draft().matchers, comment: "Known." },
        endsAt: new Date(NOW_MS + HOUR_MS).toISOString(),
      },
    });
  });

  test.each([
    [{ matchers: [] }, /at least one label/],
    [{ matchers: [{ name: "router", op: "!=" as const, value: "A" }] }, /at least one label/],
    [{ endsAtMs: null }, /when it ends/],
    [{ endsAtMs: NOW_MS }, /lie ahead/],
    [{ endsAtMs: NOW_MS + 91 * 24 * HOUR_MS }, /90 days/],
    [{ comment: " " }, /why/],
  ])("cannot be made of %j", (wrong, problem) => {
    expect(readSilence(draft(wrong), NOW_MS)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });
});

describe("the end of a silence", () => {
  const zone = "Europe/Berlin";

  test("that was chosen as a length is exact, also in the night in which clocks are put back", () => {
    const tenPastTwo = Date.UTC(2026, 9, 25, 0, 10);
    const end = endAt(tenPastTwo + HOUR_MS, zone);
    expect(end).toEqual({ text: "2026-10-25T02:10:00", atMs: Date.UTC(2026, 9, 25, 1, 10) });
    expect(readSilence(draft({ endsAtMs: end.atMs }), tenPastTwo)).toMatchObject({ ok: true });
  });

  test("that was typed is of the zone that times are shown in", () => {
    expect(typedEnd("2026-07-01T12:00:00", zone).atMs).toBe(Date.UTC(2026, 6, 1, 10));
    expect(typedEnd("", zone).atMs).toBeNull();
  });
});
