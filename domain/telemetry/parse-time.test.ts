import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTime } from "./parse-time";

const AT = Date.UTC(2026, 10, 21, 10, 3, 12, 4);

describe("parseTime", () => {
  it.each([
    ["2026-11-21T10:03:12.004Z", AT],
    ["2026-11-21T10:03:12.004567Z", AT + 0.567],
    ["2026-11-21T10:03:12.004567899Z", AT + 0.567],
    ["2026-11-21T11:03:12.004+01:00", AT],
    ["2026-11-21T04:33:12.004-0530", AT],
    ["2026-11-21 10:03:12.004", AT],
    ["2026-11-21T10:03:12,004", AT],
    ["2026-11-21", Date.UTC(2026, 10, 21)],
    ["+275760-09-13T00:00:00Z", 8.64e15],
    [AT / 1000, AT],
    [AT, AT],
    [AT + 0.25, AT + 0.25],
    [AT * 1000 + 567, AT + 0.567],
    [AT * 1e6, AT],
    [0, 0],
    [-5, -5000],
  ])("reads %s", (value, expected) => {
    expect(parseTime(value)).toBe(expected);
  });

  it.each([
    ["yesterday"],
    ["2026-02-30T00:00:00Z"],
    ["2026-13-01T00:00:00Z"],
    ["2026-11-21T25:00:00Z"],
    ["2026-11-21T10:61:00Z"],
    ["1732183392"],
    [`2026-11-21T10:03:12Z${" ".repeat(100)}x`],
    [""],
    [null],
    [undefined],
    [true],
    [{}],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
  ])("takes %s for no time", (value) => {
    expect(parseTime(value)).toBeNull();
  });

  it("reads what is written as usual like everything else", () => {
    const part = (max: number, digits: number) =>
      fc.integer({ min: 0, max }).map((n) => String(n).padStart(digits, "0"));
    const parts = fc.tuple(
      part(9999, 4),
      part(14, 2),
      part(33, 2),
      part(25, 2),
      part(61, 2),
      part(61, 2),
      part(999, 3),
    );
    fc.assert(
      fc.property(parts, ([year, month, day, hour, minute, second, ms]) => {
        const usual = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}`;
        expect(parseTime(`${usual}Z`)).toBe(parseTime(`${usual}0Z`));
      }),
      { numRuns: 2_000 },
    );
    expect(parseTime("2026-11-2xT10:03:12.004Z")).toBeNull();
  });

  it("reads the same moment from every unit and from ISO, to the microsecond", () => {
    const micros = fc.integer({ min: Date.UTC(2001, 9, 1) * 1000, max: Date.UTC(2100, 0, 1) * 1000 });
    fc.assert(
      fc.property(micros, (at) => {
        const ms = Math.floor(at / 1000);
        const expected = ms + (at % 1000) / 1000;
        const fraction = String(at % 1000).padStart(3, "0");
        for (const stated of [at, at / 1e6, at / 1e3, new Date(ms).toISOString().replace("Z", `${fraction}Z`)]) {
          expect(Math.abs((parseTime(stated) ?? 0) - expected)).toBeLessThan(0.0011);
        }
      }),
    );
  });
});
