import { expect, test } from "vitest";
import { matches, type Silence, silenceOf } from "./silence";

const labels = { alertname: "OpenIncident", router: "A" };
const silence = (partial: Partial<Silence> = {}): Silence => ({
  ...{ id: "s", matchers: [{ name: "alertname", op: "=", value: "OpenIncident" }], startsAtMs: 10, endsAtMs: 20 },
  ...partial,
});

test.each([
  [[{ name: "router", op: "=", value: "A" }], true],
  [[{ name: "router", op: "=", value: "a" }], false],
  [[{ name: "router", op: "!=", value: "B" }], true],
  [[{ name: "router", op: "!=", value: "A" }], false],
  [[{ name: "objective", op: "=", value: "" }], true],
  [[{ name: "objective", op: "!=", value: "golden_path" }], true],
  [[{ name: "alertname", op: "=", value: "OpenIncident" }, { name: "router", op: "=", value: "B" }], false], // biome-ignore format: one case a line
] as const)("%j matches the labels: %s", (matchers, expected) => {
  expect(matches(matchers, labels)).toBe(expected);
});

test("a silence holds from its start until just before its end", () => {
  const holds = (nowMs: number) => silenceOf([silence()], labels, nowMs) !== null;
  expect([9, 10, 19, 20].map(holds)).toEqual([false, true, true, false]);
});

test("of several silences the one that lasts longest is named", () => {
  expect(silenceOf([silence(), silence({ id: "long", endsAtMs: 90 })], labels, 15)?.id).toBe("long");
});
