import { describe, expect, it } from "vitest";
import type { RouterSort } from "@/client/routers-view";
import { routerOf, routersOf } from "../testing/routers";
import { notRoutedOf, prepareRouters, ratio, routersHint } from "./prepare-routers";

const latency = (p95: number) => ({ p50: 1, p95, p99: p95 });
const ROWS = [
  routerOf("b.m:Busy", { messages: 90, errors: 2, latencyMs: latency(5), lastSeenAt: "2026-01-31T12:01:00.000Z" }),
  routerOf("Failing", { messages: 4, errors: 2, latencyMs: latency(900), lastSeenAt: "2026-01-31T12:03:00.000Z" }),
  routerOf("Awake", { messages: 5, lastSeenAt: "2026-01-31T12:02:00.000Z" }),
  routerOf("Silent", { messages: 0, firstSeenAt: null, lastSeenAt: null }),
];

describe("the routers that are listed", () => {
  it.each<[RouterSort, string[]]>([
    ["messages", ["b.m:Busy", "Awake", "Failing", "Silent"]],
    ["errors", ["Failing", "b.m:Busy", "Awake", "Silent"]],
    ["latency", ["Failing", "b.m:Busy", "Awake", "Silent"]],
    ["seen", ["Failing", "Awake", "b.m:Busy", "Silent"]],
    ["name", ["Awake", "Failing", "Silent", "b.m:Busy"]],
  ])("stand in the order of %s, what has none last", (sort, names) => {
    expect(prepareRouters(ROWS, { q: null, sort }).map(({ router }) => router)).toEqual(names);
  });

  it("are found by any part of the name, whatever the case", () => {
    expect(prepareRouters(ROWS, { q: "bUS", sort: "messages" }).map(({ router }) => router)).toEqual(["b.m:Busy"]);
  });

  it("say how many there are, under how many names, and how many are left out", () => {
    const totals = { messages: 99, errors: 4, routers: 3, failing: 2, implementations: 2 };
    expect(routersHint(routersOf({ items: ROWS, totals }))).toBe("2 implementations in this time under 3 names");
    expect(routersHint(routersOf({ items: ROWS, omitted: 200, totals: { ...totals, routers: 2 } }))).toBe(
      "2 implementations in this time, 4 of 204 listed",
    );
  });
});

it("a share of nothing is no share", () => {
  expect(ratio(0, 0)).toBeNull();
  expect(ratio(1, 4)).toBe(0.25);
});

it("messages that nobody took are counted as at least so many where types are left out that may have some", () => {
  const codes = { items: [], omitted: 0 };
  const row = (notRouted: number) => ({
    ...{ type: `t${notRouted}`, received: 9, routed: 0, notRouted, waiting: 0, unobserved: 0 },
    ...{ errorCodes: codes, routers: { items: [], omitted: 0 } },
  });
  expect(notRoutedOf({ items: [row(3), row(2)], omitted: 5 })).toEqual({ notRouted: 5, atLeast: true });
  expect(notRoutedOf({ items: [row(3), row(0)], omitted: 5 })).toEqual({ notRouted: 3, atLeast: false });
});
