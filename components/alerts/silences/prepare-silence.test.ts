import { describe, expect, test } from "vitest";
import { alertRow } from "../testing/alert-row";
import { HOUR_MS, matchersOf, matcherText, readSilence, type SilenceDraft } from "./prepare-silence";

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
