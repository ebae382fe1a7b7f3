import { expect, it } from "vitest";
import { pathId } from "./path-id";

it.each([
  ["plain", "plain"],
  ["pkg%2Fnew%3ARouter%40home", "pkg/new:Router@home"],
  ["100%25Router", "100%Router"],
  ["100%Router%2Fx", "100%Router/x"],
  ["%E4", "%E4"],
])("the segment %s is the id %s", (segment, id) => {
  expect(pathId(segment)).toBe(id);
});

it("what was encoded comes back whole", () => {
  for (const id of ["a b", "%", "%%41", "ä/ö?#", "x@y:z"]) expect(pathId(encodeURIComponent(id))).toBe(id);
});
