/** Every labelled scenario gets the verdict it is labelled with, in whatever order and how often it is told. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Expectation, instantiate, loadScenarios } from "@/e2e/support/scenario";
import { fromWire } from "../testing/from-wire";
import { type AnyEvent, type Judged, judgeGroups, leaksIn } from "../testing/judge-all";
import { DEFAULT_POLICY } from "./policy";

const NOW_MS = Date.UTC(2026, 0, 1, 12);

const played = loadScenarios().map((scenario) => {
  const { name, events, expect } = instantiate(scenario, { prefix: "p-", environment: "test", nowMs: NOW_MS });
  return { name, expected: expect, events: fromWire(events, NOW_MS) };
});

const judge = (events: readonly AnyEvent[]) => judgeGroups(events, DEFAULT_POLICY, NOW_MS);

function find(judged: readonly Judged[], id: string) {
  return judged.find(({ group }) => group.id === id || group.aliases.includes(id))?.verdict;
}

/** What the judge says of exactly what a scenario speaks about. */
function said(judged: readonly Judged[], expected: Expectation) {
  return Object.fromEntries(
    Object.entries(expected.journeys).map(([id, journey]) => {
      const verdict = find(judged, id);
      const codes = verdict?.findings.map((finding) => finding.code as string) ?? [];
      return [
        id,
        {
          status: verdict?.status,
          findings: journey.findings.filter((code) => codes.includes(code)),
          findingsNot: journey.findingsNot.filter((code) => !codes.includes(code)),
          ...(journey.brokenAt === undefined ? {} : { brokenAt: pick(verdict?.brokenAt ?? null, journey.brokenAt) }),
          ...(journey.sameAs === undefined ? {} : { sameAs: verdict?.id }),
        },
      ];
    }),
  );
}

function pick(brokenAt: Record<string, string | null> | null, named: Record<string, string | null> | null) {
  return brokenAt && named ? Object.fromEntries(Object.keys(named).map((key) => [key, brokenAt[key]])) : brokenAt;
}

describe.each(played.map((scenario) => [scenario.name, scenario] as const))("%s", (_name, { events, expected }) => {
  test("every journey gets its label", () => {
    const judged = judge(events);
    expect(said(judged, expected)).toEqual(expected.journeys);
    if (expected.journeyIds !== undefined) expect(judged).toHaveLength(expected.journeyIds);
  });

  test("leaks are found by their rule, with owner and recipient, and no other is raised", () => {
    const leaks = leaksIn(events, DEFAULT_POLICY, NOW_MS);
    for (const { rule, severity, owner, recipient, recipients, router } of expected.incidents) {
      const alike = leaks.filter((leak) => leak.rule === rule && (router === undefined || leak.router === router));
      expect(alike.map((leak) => leak.severity)).toContain(severity);
      if (owner !== undefined) expect(alike.map((leak) => leak.owner)).toContain(owner);
      for (const user of recipients ?? (recipient === undefined ? [] : [recipient])) {
        expect(alike.map((leak) => leak.recipient)).toContain(user);
      }
    }
    const rules = new Set<string>(leaks.map(({ rule }) => rule));
    expect(expected.notIncidents.filter((rule) => rules.has(rule))).toEqual([]);
    const raised = expected.incidents.map(({ rule }) => rule);
    expect([...rules].filter((rule) => rule !== "sent_after_close" && !raised.includes(rule))).toEqual([]);
  });

  test("the verdicts are the same reversed, shuffled and told twice", () => {
    const verdicts = judge(events);
    expect(judge([...events].reverse())).toEqual(verdicts);
    expect(judge([...events, ...events])).toEqual(verdicts);
    fc.assert(
      fc.property(fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }), (shuffled) => {
        expect(judge(shuffled)).toEqual(verdicts);
      }),
      { numRuns: 6 },
    );
  });

  test("until its next deadline a verdict keeps status and findings", () => {
    const firstMs = Math.min(...events.map((event) => event.timeMs));
    const told = ({ verdict: { status, findings } }: Judged) => ({ status, findings });
    const moments = fc.record({
      sinceMs: fc.integer({ min: 0, max: 150_000 }),
      percent: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(moments, ({ sinceMs, percent }) => {
        const nowMs = firstMs + sinceMs;
        for (const judged of judgeGroups(events, DEFAULT_POLICY, nowMs)) {
          const untilMs = judged.verdict.nextDeadlineMs ?? nowMs + 86_400_000;
          expect(untilMs).toBeGreaterThan(nowMs);
          const laterMs = Math.floor(nowMs + ((untilMs - 1 - nowMs) * percent) / 100);
          const later = judgeGroups(events, DEFAULT_POLICY, laterMs).find(
            ({ group }) => group.key === judged.group.key,
          );
          expect(later && told(later)).toEqual(told(judged));
        }
      }),
      { numRuns: 8 },
    );
  });
});
