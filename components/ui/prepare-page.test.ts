import { expect, it } from "vitest";
import { pageOf, pageOfGroups } from "./prepare-page";

const list = Array.from({ length: 12 }, (_, n) => n);

it("a page beyond the last is the last, and one before the first the first", () => {
  expect(pageOf(list, 5, 3)).toEqual({ items: [10, 11], place: { page: 3, pages: 3, first: 11, last: 12, total: 12 } });
  expect(pageOf(list, 5, 99).place.page).toBe(3);
  expect(pageOf(list, 5, -1).place).toMatchObject({ page: 1, first: 1, last: 5 });
  expect(pageOf([], 5, 2).place).toEqual({ page: 1, pages: 1, first: 0, last: 0, total: 0 });
});

it("groups are never cut, and together the pages hold every one once", () => {
  const groups = [3, 3, 9, 1, 1, 3];
  const page = (asked: number) => pageOfGroups(groups, (size) => size, 5, asked);
  expect([1, 2, 3, 4].map((asked) => page(asked).items)).toEqual([[3], [3], [9], [1, 1, 3]]);
  expect(page(4).place).toEqual({ page: 4, pages: 4, first: 4, last: 6, total: 6 });
});
