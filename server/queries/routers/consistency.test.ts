import { describe, expect, it } from "vitest";
import { OK, routerMetric } from "@/domain/rollups/router-metrics";
import { MAX_TAKERS, MAX_TAKERS_OF_TYPE, MAX_TYPES } from "./bounds";
import { isInconsistent, typeList } from "./consistency";
import { countOf } from "./testing/counts";

const taken = (type: string, router: string, handler: string | null = null, n = 1, outcome = OK) =>
  countOf(routerMetric.handler(router, type, handler, outcome), n);

describe("a message type", () => {
  it.each<[string, boolean, [string, string | null][]]>([
    ["one router and handler", false, [["A", "h"]]],
    [
      "two routers",
      true,
      [
        ["A", null],
        ["B", null],
      ],
    ],
    [
      "two handlers of one router",
      true,
      [
        ["A", "h"],
        ["A", "g"],
      ],
    ],
    [
      "a router that names its handler only sometimes",
      false,
      [
        ["A", "h"],
        ["A", null],
      ],
    ],
    [
      "a class with and without its module",
      false,
      [
        ["pkg.m:A", "h"],
        ["A", "h"],
      ],
    ],
    [
      "classes of two modules",
      true,
      [
        ["pkg.m:A", "h"],
        ["pkg.n:A", "h"],
      ],
    ],
  ])("with %s is inconsistent: %s", (_name, inconsistent, takers) => {
    expect(isInconsistent(takers.map(([router, handler]) => ({ router, handler })))).toBe(inconsistent);
  });
});

describe("message types", () => {
  it("come inconsistent ones first, then the busiest, each with its takers' outcomes", () => {
    const { items, inconsistent } = typeList([
      taken("ping", "A", "h", 900),
      taken("typing", "A", "h", 100),
      taken("chat", "A", "h", 5),
      taken("chat", "A", "h", 2, "timeout"),
      taken("chat", "B", null, 8),
    ]);
    expect(items.map(({ type }) => type)).toEqual(["chat", "ping", "typing"]);
    expect(inconsistent).toBe(1);
    expect(items[0]).toMatchObject({ inconsistent: true, messages: 15 });
    expect(items[0]?.takers.items).toEqual([
      { router: "B", handler: null, messages: 8, errors: 0, errorCodes: { items: [], omitted: 0 } },
      {
        router: "A",
        handler: "h",
        messages: 7,
        errors: 2,
        errorCodes: { items: [{ code: "timeout", count: 2 }], omitted: 0 },
      },
    ]);
  });

  it("leave out takers that were counted and taken back", () => {
    expect(
      typeList([taken("chat", "A", null, 3), taken("chat", "B", null, 1), taken("chat", "B", null, -1)]).items,
    ).toMatchObject([{ inconsistent: false, messages: 3 }]);
  });

  it("are bounded, and say how many are left out", () => {
    const many = Array.from({ length: MAX_TYPES + 100 }, (_, t) => taken(`t${t}`, "A"));
    expect(typeList(many)).toMatchObject({ omitted: 100, inconsistent: 0 });
    const crowded = Array.from({ length: 40 }, (_, t) =>
      Array.from({ length: MAX_TAKERS_OF_TYPE + 5 }, (_, r) => taken(`t${t}`, `R${r}`)),
    ).flat();
    const { items, omitted, inconsistent } = typeList(crowded);
    expect(items[0]?.takers).toMatchObject({ omitted: 5 });
    expect(items.length * MAX_TAKERS_OF_TYPE).toBeLessThanOrEqual(MAX_TAKERS);
    expect([items.length + omitted, inconsistent]).toEqual([40, 40]);
  });
});
