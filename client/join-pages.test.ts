import { describe, expect, it } from "vitest";
import { joinPages } from "./join-pages";
import { eventView } from "./testing/journey-detail";

const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => eventView(`e${from + n}`, from + n, {}));
const ids = (joined: { events: { id: string }[] }) => joined.events.map(({ id }) => id);

describe("pages of a journey's events", () => {
  it("say where events between them were not fetched", () => {
    const joined = joinPages(events(0, 3), events(7, 9));
    expect(ids(joined)).toEqual(["e0", "e1", "e2", "e7", "e8"]);
    expect(joined).toMatchObject({ gapAt: 3, endsInHead: false });
  });

  it("are one list where they overlap", () => {
    const joined = joinPages(events(0, 5), events(3, 8));
    expect(ids(joined)).toEqual(ids({ events: events(0, 8) }));
    expect(joined).toMatchObject({ gapAt: null, endsInHead: false });
  });

  it("end in the pages from the beginning once those reach further", () => {
    expect(joinPages(events(0, 9), events(3, 8))).toMatchObject({ gapAt: null, endsInHead: true });
    expect(joinPages(events(0, 9), [])).toMatchObject({ gapAt: null, endsInHead: true });
    expect(joinPages([], events(3, 5))).toMatchObject({ gapAt: null, endsInHead: false });
  });
});
