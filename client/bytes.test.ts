import { expect, it } from "vitest";
import { parseSize, roughly, size } from "./bytes";

it("sizes are written in the unit that fits, and read back", () => {
  expect([0, 500, 8_192, 410 * 1024 ** 2, 1.44 * 1024 ** 3, 20 * 1024 ** 3].map(size)).toEqual([
    "0 B",
    "500 B",
    "8 kB",
    "410 MB",
    "1.4 GB",
    "20 GB",
  ]);
  for (const text of ["20 GB", "500MB", "1.5 TB", "100 mib"]) expect(parseSize(text)).toBeGreaterThan(0);
  expect(parseSize("20 GB")).toBe(20 * 1024 ** 3);
  for (const text of ["", "20", "GB", "20 G", "-1 GB"]) expect(parseSize(text)).toBeNull();
});

it("counts are written roughly", () => {
  expect([12, 9_994, 12_345, 999_499, 1_234_567, 123_456_789].map(roughly)).toEqual([
    "12",
    "9,994",
    "12 k",
    "999 k",
    "1.2 M",
    "123 M",
  ]);
});
