import { expect, it } from "vitest";
import { takerOf, typeOf } from "../testing/routers";
import { consistencyRows, findTypes, rowsOfType } from "./prepare-consistency";

const CHAT = typeOf("chat", [takerOf("app.m:A", "h1", 6), takerOf("A", null, 1), takerOf("B", "h2", 3)]);
const PING = typeOf("ping", [takerOf("A", "h1", 4)]);

it("a type stands once, with a row for everyone who takes it and their share of it", () => {
  const rows = consistencyRows([CHAT, PING]);
  expect(rows.map(({ head, type, taker, share }) => [head?.type ?? "", type, taker?.router, share])).toEqual([
    ["chat", "chat", "app.m:A", 0.6],
    ["", "chat", "A", 0.1],
    ["", "chat", "B", 0.3],
    ["ping", "ping", "A", 1],
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
});

it("a class beside itself with its module is one router", () => {
  expect(consistencyRows([CHAT])[0]?.head?.takenBy).toBe("2 routers, 2 handlers");
});

it("those who are left out are counted in a row of their own", () => {
  const crowded = typeOf("chat", [takerOf("A", "h")], { takers: { items: [takerOf("A", "h")], omitted: 160 } });
  const rows = consistencyRows([crowded]);
  expect(rows.map(({ taker, omitted }) => [taker?.router ?? null, omitted])).toEqual([
    ["A", 0],
    [null, 160],
  ]);
  expect(rows[0]?.head?.takenBy).toBe("1 router, 1 handler and 160 more");
  expect(rowsOfType(crowded)).toBe(2);
});

it("types are found by their name, by a router or by a handler, and keep their order", () => {
  const found = (q: string | null) => findTypes([CHAT, PING], q).map(({ type }) => type);
  expect([found(null), found("PIN"), found("H2"), found("a"), found("nothing")]).toEqual([
    ["chat", "ping"],
    ["ping"],
    ["chat"],
    ["chat", "ping"],
    [],
  ]);
});
