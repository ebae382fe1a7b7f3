import { describe, expect, it } from "vitest";
import { eventPosition, readCursor, writeCursor } from "./cursor";
import { cutPage } from "./page";
import { Tally } from "./tally";

describe("a page", () => {
  it.each([
    ["shorter than asked", [1, 2], 3, 100, [1, 2], false],
    ["as long as asked, with more behind", [1, 2, 3], 2, 100, [1, 2], true],
    ["cut where the answer would grow too large", ["aaaa", "bbbb", "cccc"], 9, 13, ["aaaa", "bbbb"], true],
    ["never empty, so that paging advances", ["a".repeat(50)], 9, 10, ["a".repeat(50)], false],
    ["empty when there is nothing", [], 9, 10, [], false],
  ])("is %s", (_name, items: unknown[], limit, maxBytes, taken, more) => {
    expect(cutPage(items, limit, maxBytes)).toEqual({ items: taken, more });
  });
});

describe("a cursor", () => {
  it("comes back as it went, microseconds and all", () => {
    const position = { at: "2026-11-20T12:00:00.000001Z", seq: "-1", id: "ö%_\n" };
    expect(readCursor(eventPosition, writeCursor(position))).toEqual(position);
  });

  it.each(["", "x", "e30", writeCursor({ at: "'; DROP TABLE journey", seq: "1", id: "x" }), writeCursor(null)])(
    "%s of another making is refused",
    (cursor) => {
      expect(readCursor(eventPosition, cursor)).toBeNull();
    },
  );
});

describe("a tally", () => {
  it("keeps names with slashes whole", () => {
    const tally = new Tally();
    tally.add("router/app/routers:Main/messages", 2);
    tally.add("router/app/routers:Main/errors", 1);
    expect([...tally.named("router/")]).toEqual([
      [
        "app/routers:Main",
        new Map([
          ["messages", 2],
          ["errors", 1],
        ]),
      ],
    ]);
  });

  it("has no ratio and no percentile of nothing", () => {
    const tally = new Tally();
    tally.add("status/running", 3);
    expect(tally.ratio).toBeNull();
    expect(tally.percentile("latency/", 0.95)).toBeNull();
    tally.add("status/failed", 1);
    expect(tally.ratio).toBe(0);
  });
});
