import { expect, it } from "vitest";
import type { RouterDetail } from "@/contracts/http";
import { minute, routerOf } from "../testing/routers";
import { prepareErrors, prepareLatency, prepareMessages } from "./prepare-router-charts";
import { typeRows } from "./prepare-types";

const NONE = { items: [], omitted: 0 };
const bucket = (n: number, messages: number, errors: number, p95Ms: number | null) => ({
  ...{ at: minute(n), messages, errors, p50Ms: p95Ms === null ? null : p95Ms / 2, p95Ms },
});
const code = (name: string, count: number) => ({
  ...{ code: name, count, firstSeenAt: minute(0), lastSeenAt: minute(1) },
});

function detailOf(change: Partial<RouterDetail> = {}): RouterDetail {
  return {
    from: minute(0),
    to: minute(2),
    environment: "default",
    bucketMs: 60_000,
    router: routerOf("A", { messages: 10, errors: 5, latencyMs: { p50: 4, p95: 40, p99: 60 } }),
    series: [
      { ...bucket(0, 10, 5, 40), errorsByCode: [3, 1] },
      { ...bucket(1, 0, 0, null), errorsByCode: [0, 0] },
    ],
    previous: {
      ...{ messages: 20, errors: 1, latencyMs: { p50: 2, p95: 20, p99: 30 } },
      series: [bucket(-2, 20, 1, 20), bucket(-1, 0, 0, null)],
    },
    codes: { items: [code("timeout", 3), code("queue_full", 1), code("malformed", 1)], omitted: 0 },
    types: NONE,
    sources: NONE,
    inbound: NONE,
    components: NONE,
    unheard: [],
    ...change,
  };
}

it("messages stand with those that failed apart, before the period before", () => {
  const { points, before, yDomain } = prepareMessages(detailOf());
  expect(points[0]?.values).toEqual({ ok: 5, failed: 5, previous: 20 });
  expect([before, yDomain]).toEqual(["period before 20", [0, 20]]);
});

it("errors stand by code; those of further codes together, so that the whole is all of them", () => {
  const { series, points, value, before } = prepareErrors(detailOf());
  expect(series.map(({ label }) => label)).toEqual(["timeout", "queue_full", "1 other code", "Period before"]);
  expect(points[0]?.values).toEqual({ c0: 3, c1: 1, others: 1, previous: 1 });
  expect([value, before]).toEqual(["5 (50.0 %)", "period before 1 (5.0 %)"]);
});

it("a bucket without a measurement is a gap, and a silent range says so instead of 0 %", () => {
  expect(prepareLatency(detailOf()).points[1]?.values).toEqual({ p50: null, p95: null, previous: null });
  const silent = detailOf({
    router: routerOf("A", { messages: 0 }),
    previous: { messages: 0, errors: 0, latencyMs: null, series: [] },
  });
  expect([prepareErrors(silent).value, prepareErrors(silent).before]).toEqual(["–", "period before no data"]);
  expect([prepareMessages(silent), prepareErrors(silent)].map(({ empty }) => empty?.slice(0, 29))).toEqual([
    "The router handled no message",
    "The router handled no message",
  ]);
  expect(prepareLatency(silent)).toMatchObject({ value: "–", before: "no data in the period before" });
});

it("a type names its other routers once, and counts the handlers that are left out", () => {
  const taker = (handler: string) => ({ router: "A", handler, messages: 1, errors: 0, errorCodes: NONE });
  const others = { items: ["B"], omitted: 0 };
  const rows = typeRows([
    { type: "chat", messages: 9, takers: { items: [taker("h1"), taker("h2")], omitted: 3 }, others },
  ]);
  expect(rows.map(({ first, taker: own, omitted, others: told }) => [first, own?.handler, omitted, told])).toEqual([
    [true, "h1", 0, others],
    [false, "h2", 0, null],
    [false, undefined, 3, null],
  ]);
});
