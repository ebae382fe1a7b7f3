import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffScans } from "./diff-scans";
import { ROLES, type ScannedSymbol } from "./types";

const symbol = fc.record({
  name: fc.constantFrom("A", "B", "C"),
  file: fc.constantFrom("x.py", "y.py", "z.py"),
  line: fc.integer({ min: 1, max: 9 }),
  role: fc.constantFrom(...ROLES),
});
const scan = fc
  .array(symbol, { maxLength: 12 })
  .map((symbols) => ({ symbols: symbols.map((one): ScannedSymbol => ({ ...one, reasons: [] })) }));
const key = (of: { name: string; file: string; role: string }) => `${of.name} ${of.file} ${of.role}`;
const sorted = (list: { name: string; file: string; role: string }[]) => list.map(key).sort();

describe("the difference of two scans", () => {
  it("is nothing between a scan and itself", () => {
    fc.assert(
      fc.property(scan, (one) => {
        expect(diffScans(one, one)).toEqual({ came: [], went: [], changed: [], moved: [] });
      }),
    );
  });

  it("does not depend on lines or on the order of the symbols when names are unique within a file", () => {
    const unique = scan.map(({ symbols }) => ({
      symbols: [...new Map(symbols.map((one) => [one.name + one.file, one])).values()],
    }));
    fc.assert(
      fc.property(unique, unique, (a, b) => {
        const shuffled = { symbols: [...b.symbols].reverse().map((one) => ({ ...one, line: 10 - one.line })) };
        const [left, right] = [diffScans(a, b), diffScans(a, shuffled)];
        expect(sorted(left.came)).toEqual(sorted(right.came));
        expect(sorted(left.went)).toEqual(sorted(right.went));
        expect(sorted(left.changed)).toEqual(sorted(right.changed));
      }),
    );
  });

  it("read backwards, what came is what went", () => {
    fc.assert(
      fc.property(scan, scan, (a, b) => {
        const [there, back] = [diffScans(a, b), diffScans(b, a)];
        expect(there.came.length).toBe(back.went.length);
        expect(there.moved.length).toBe(back.moved.length);
        expect(there.changed.length).toBe(back.changed.length);
      }),
    );
  });

  it("accounts for every symbol", () => {
    fc.assert(
      fc.property(scan, scan, (a, b) => {
        const { came, went, moved } = diffScans(a, b);
        expect(b.symbols.length - came.length - moved.length).toBe(a.symbols.length - went.length - moved.length);
      }),
    );
  });
});
