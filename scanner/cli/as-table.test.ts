import { expect, it } from "vitest";
import { scanTable, speedLine } from "./as-table";

const report = { commit: null, files: 9, unparsed: 0, notAnalysed: [], concepts: [] };

it("says how many files were not parsed, where some were not", () => {
  expect(scanTable(report)).toBe("9 source files, 0 not analysed\n");
  expect(scanTable({ ...report, unparsed: 7 })).toBe(
    "9 source files, 0 not analysed\n  2 were parsed; 7 hold no word of the concepts, and were read but not parsed\n",
  );
});

it("names files per second", () => {
  expect(speedLine(300, 1.5)).toBe("\n300 files in 1.5 s: 200 files/s\n");
});
