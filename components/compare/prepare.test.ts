import { describe, expect, it } from "vitest";
import { at, journeyDetail } from "@/client/testing/journey-detail";
import type { StepView } from "@/contracts/http";
import { compareSteps, partingStep } from "./prepare-comparison";
import { compareFacts, compareFindings } from "./prepare-facts";
import { partingWords } from "./prepare-parting";

const step = (name: string, atMs: number | null, change: Partial<StepView> = {}): StepView => ({
  step: name,
  state: atMs === null ? "missing" : "done",
  hop: null,
  at: atMs === null ? null : at(atMs),
  proof: null,
  ...change,
});
const proof = (change: Partial<NonNullable<StepView["proof"]>>) => ({
  eventId: "e",
  router: null,
  handler: null,
  version: null,
  instance: null,
  agentName: null,
  toolName: null,
  connectionId: null,
  ...change,
});

const healthy = journeyDetail([], {
  steps: [
    step("connected", -60_000),
    step("received", 0, { hop: "received", proof: proof({ instance: "chat-1" }) }),
    step("routed", 10, { hop: "routed", proof: proof({ router: "MessageRouter", version: "1" }) }),
    step("agent_started", 300, { hop: "sent" }),
    step("agent_completed", 900, { hop: "acked" }),
  ],
});
const failed = journeyDetail([], {
  status: "failed",
  brokenAt: { step: "agent_completed", hop: "emitted", router: "EventRouter" },
  brokenBy: "event_lost",
  steps: [
    step("connected", -1_000),
    step("received", 0, { hop: "received", proof: proof({ instance: "chat-2" }) }),
    step("routed", 1_500, { hop: "routed", proof: proof({ router: "QualityRouter", version: "1" }) }),
    step("agent_started", 1_800, { hop: "sent" }),
    step("agent_completed", null, { state: "failed" }),
  ],
});

describe("two journeys at their steps", () => {
  const rows = compareSteps(failed, healthy);
  const row = (name: string) => rows.find((entry) => entry.step === name);

  it("measure time since the request and since the step before", () => {
    expect(row("connected")?.left).toMatchObject({ sinceMs: -1_000, gapMs: null });
    expect(row("received")?.left).toMatchObject({ sinceMs: 0, gapMs: null });
    expect(row("agent_started")?.left).toMatchObject({ sinceMs: 1_800, gapMs: 300 });
    expect(row("agent_completed")?.right).toMatchObject({ sinceMs: 900, gapMs: 600 });
  });

  it("differ where they were handled by another, took much longer, or did not come", () => {
    expect(rows.map(({ step: name, differs }) => [name, differs])).toEqual([
      ["connected", []],
      ["received", ["instance"]],
      ["routed", ["gap", "router"]],
      ["agent_started", []],
      ["agent_completed", ["state"]],
    ]);
  });

  it("part at the first step that went another way; another instance is none", () => {
    expect(partingStep(rows)?.step).toBe("routed");
    expect(partingStep(compareSteps(healthy, healthy))).toBeNull();
  });

  it("name the router that touched a broken step last", () => {
    expect(row("agent_completed")?.left).toMatchObject({ router: "EventRouter", hop: "emitted", breaks: true });
  });

  it("do not differ where one was not needed and the other not observed", () => {
    const [one, other] = (["not_needed", "not_observed"] as const).map((state) =>
      journeyDetail([], { steps: [step("agent_thinking", null, { state })] }),
    );
    expect(one && other && compareSteps(one, other)[0]?.differs).toEqual([]);
  });

  it("do not differ in what one side does not tell", () => {
    const silent = journeyDetail([], { steps: [step("routed", 10, { hop: "routed" })] });
    const telling = journeyDetail([], {
      steps: [step("routed", 10, { hop: "routed", proof: proof({ router: "A" }) })],
    });
    expect(compareSteps(silent, telling)[0]?.differs).toEqual([]);
  });
});

describe("where two journeys part", () => {
  it("is said with what both did until then", () => {
    const rows = compareSteps(failed, healthy);
    expect(partingWords(rows, failed, healthy)).toBe(
      "The same up to received; they part at routed: on the left router QualityRouter, on the right router MessageRouter.",
    );
    const calm = compareSteps(healthy, healthy);
    expect(partingWords(calm, healthy, healthy)).toBe("Both went the same way through every step.");
    expect(partingWords(calm, healthy, { ...healthy, status: "degraded" })).toContain(
      "One succeeded, the other degraded",
    );
  });
});

describe("what two journeys are", () => {
  it("differs whatever the order of lists, and not where it is unknown", () => {
    const left = journeyDetail([], { routers: ["B", "A"], versions: ["1"], owner: null });
    const right = journeyDetail([], { routers: ["A", "B"], versions: ["2"] });
    const differing = compareFacts(left, right).filter(({ differs }) => differs);
    expect(differing).toEqual([{ name: "Versions", left: "1", right: "2", differs: true }]);
  });

  it("has findings of one side first", () => {
    const finding = (code: string) => ({
      code,
      severity: "error" as const,
      fails: true,
      at: at(0),
      eventIds: [],
      eventIdsOmitted: 0,
      summary: "",
    });
    const left = journeyDetail([], { findings: [finding("clock_skew"), finding("stalled"), finding("stalled")] });
    const right = journeyDetail([], { findings: [finding("clock_skew")] });
    expect(compareFindings(left, right)).toEqual([
      { code: "stalled", left: 2, right: 0 },
      { code: "clock_skew", left: 1, right: 1 },
    ]);
  });
});
