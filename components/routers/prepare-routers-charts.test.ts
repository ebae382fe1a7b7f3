import { expect, it } from "vitest";
import { minute, routersOf } from "../testing/routers";
import { prepareRoutersCharts } from "./prepare-routers-charts";
import { seriesHues } from "./series-hues";

const point = (n: number, messages: number[], others: number) => ({ at: minute(n), messages, others });
const DATA = routersOf({
  totals: { messages: 40, errors: 3, routers: 12, failing: 1, implementations: 11 },
  series: { routers: ["A", "B"], points: [point(0, [10, 5], 5), point(1, [0, 0], 0), point(2, [10, 10], 0)] },
  failed: { routers: ["B"], points: [point(0, [0], 0), point(1, [0], 0), point(2, [3], 0)] },
});

it("routers beyond those drawn stand together, and the chart says how many they are", () => {
  const { messages, failed } = prepareRoutersCharts(DATA);
  expect(messages.series.map(({ label }) => label)).toEqual(["A", "B", "10 other routers (2 of 12 drawn apart)"]);
  expect(messages.points[0]?.values).toEqual({ r0: 10, r1: 5, others: 5 });
  expect(messages.yDomain).toEqual([0, 20]);
  expect(failed.series.map(({ label }) => label)).toEqual(["B"]);
});

it("a router has the same colour in both charts, and keeps it while another overtakes it", () => {
  const { messages, failed } = prepareRoutersCharts(DATA);
  expect(failed.series[0]?.tone).toBe(messages.series[1]?.tone);
  const names = ["QualityMessageRouter", "LegacyRouter", "app.routing:MessageRouter", "EventRouter", "ToolRouter"];
  const [first, second] = [seriesHues(names), seriesHues(names.toReversed())];
  expect(names.map(first)).toEqual(names.map(second));
  expect(new Set(names.map(first)).size).toBe(names.length);
});

it("no message is no proof that none failed", () => {
  const { messages, failed } = prepareRoutersCharts(routersOf());
  expect(messages.empty).toContain("No router handled a message");
  expect([failed.value, failed.tone, failed.empty]).toEqual(["–", null, "No message, so none that failed."]);
  const fine = prepareRoutersCharts(routersOf({ totals: { ...DATA.totals, errors: 0 } })).failed;
  expect([fine.value, fine.empty]).toEqual(["0 (0.0 %)", "None of 40 messages failed or was dropped."]);
  expect(prepareRoutersCharts(DATA).failed).toMatchObject({ value: "3 (7.5 %)", tone: "bad", empty: null });
});
