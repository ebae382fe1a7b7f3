import { describe, expect, it } from "vitest";
import type { ComponentRow } from "@/contracts/http";
import { componentOf, FROM_MS, minute, routersOf } from "../../testing/routers";
import { prepareStates, stateRows } from "./prepare-states";
import { stateTone } from "./state-tone";

const statesOf = (items: ComponentRow[], omitted = 0) => prepareStates(routersOf({ components: { items, omitted } }));
const bandsOf = (change: Partial<ComponentRow>) =>
  (statesOf([componentOf("breaker", change)]).lanes[0]?.bands ?? []).map(
    ({ state, fromMs, toMs, fromBefore, lasts }) => [
      state,
      (fromMs - FROM_MS) / 60_000,
      (toMs - FROM_MS) / 60_000,
      fromBefore,
      lasts,
    ],
  );
const report = (n: number, state: string) => ({ at: minute(n), state });

describe("the bands of a component", () => {
  it("go from a report to the next; the last one lasts to the end of the range", () => {
    expect(bandsOf({ before: report(-60, "closed"), changes: [report(3, "open"), report(7, "half_open")] })).toEqual([
      ["closed", 0, 3, true, false],
      ["open", 3, 7, false, false],
      ["half_open", 7, 10, false, true],
    ]);
  });

  it("begin with the unknown where nothing was reported before", () => {
    expect(bandsOf({ changes: [report(4, "open")] })).toEqual([
      [null, 0, 4, true, false],
      ["open", 4, 10, false, true],
    ]);
  });

  it("hold what was reported before, where the range has no report", () => {
    expect(bandsOf({ before: report(-5, "open") })).toEqual([["open", 0, 10, true, true]]);
  });

  it("leave unknown what lies before the oldest change that is told", () => {
    const bands = bandsOf({ before: report(-5, "open"), changes: [report(6, "closed")], knownFrom: minute(6) });
    expect(bands).toEqual([
      [null, 0, 6, true, false],
      ["closed", 6, 10, false, true],
    ]);
  });
});

it("components that end in trouble come first, then those that were in trouble; the others keep their order", () => {
  const { lanes, bad, degraded, total, omitted } = statesOf(
    [
      componentOf("calm", { before: report(-1, "ok") }),
      componentOf("was-open", { changes: [report(1, "open"), report(2, "closed")] }),
      componentOf("degraded", { changes: [report(1, "degraded")] }),
      componentOf("open", { changes: [report(1, "OPEN")] }),
      componentOf("odd", { changes: [report(1, "blue")] }),
    ],
    7,
  );
  expect(lanes.map(({ component }) => component)).toEqual(["open", "degraded", "was-open", "calm", "odd"]);
  expect([bad, degraded, total, omitted]).toEqual([1, 1, 12, "5 of 12 components, those that reported last"]);
});

it("rows tell every stretch, the newest of a component first, how long it lasted, and how many are left out", () => {
  const { lanes } = statesOf([
    componentOf("breaker", { before: report(-60, "closed"), changes: [report(3, "open")], router: "R" }),
    componentOf("store", { changes: [report(5, "ok")] }),
  ]);
  const { rows, omitted } = stateRows(lanes, 3);
  expect(rows.map(({ lane, band, lastedMs }) => [lane.component, band.state, lastedMs])).toEqual([
    ["breaker", "open", 7 * 60_000],
    ["breaker", "closed", 63 * 60_000],
    ["store", "ok", 5 * 60_000],
  ]);
  expect(omitted).toBe(1);
});

it.each([
  ["open", "bad"],
  ["Half-Open", "warn"],
  ["half open", "warn"],
  ["closed", "good"],
  ["degraded", "warn"],
  ["blue", "plain"],
  ["toString", "plain"],
])("%s is %s", (state, tone) => {
  expect(stateTone(state)).toBe(tone);
});
