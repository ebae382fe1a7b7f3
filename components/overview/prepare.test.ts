import { describe, expect, it } from "vitest";
import { prepareDelivery } from "./prepare-delivery";
import { prepareFunnel } from "./prepare-funnel";

describe("overview tables", () => {
  it("list types in the order of a run; all delivered is good, less is bad, nothing emitted is neither", () => {
    const rows = prepareDelivery({
      notice: { emitted: 0, delivered: 0, acked: 0, ratio: null },
      agent_completed: { emitted: 10, delivered: 9, acked: 0, ratio: 0.9 },
      agent_started: { emitted: 10, delivered: 10, acked: 0, ratio: 1 },
    });
    expect(rows.map((row) => [row.type, row.tone])).toEqual([
      ["agent_started", "good"],
      ["agent_completed", "bad"],
      ["notice", "idle"],
    ]);
  });

  it("say nothing of a funnel in which nothing was counted", () => {
    expect(prepareFunnel([{ step: "received", count: 0 }])).toEqual([]);
  });

  it("measure each step against the widest", () => {
    const rows = prepareFunnel([
      { step: "routed", count: 5 },
      { step: "received", count: 10 },
    ]);
    expect(rows.map((row) => [row.step, row.share])).toEqual([
      ["received", 1],
      ["routed", 0.5],
    ]);
  });
});
