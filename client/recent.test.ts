import { describe, expect, it } from "vitest";
import { MAX_VISITS, pathOf, type Visit, visitOf, withVisit } from "./recent";

const journey = (id: string, environment: string | null = "default"): Visit => ({ kind: "journey", id, environment });

describe("what was opened last", () => {
  it.each([
    ["/journeys/run%2F1", journey("run/1")],
    ["/users/ann", { kind: "user", id: "ann", environment: "default" }],
    ["/incidents/0a", { kind: "incident", id: "0a", environment: "default" }],
    ["/journeys", null],
    ["/journeys/", null],
    ["/journeys/a/compare", null],
    ["/settings/keys", null],
    ["/journeys/%E0%A4%A", null],
  ])("is seen in the address %s", (pathname, visit) => expect(visitOf(pathname, "default")).toEqual(visit));

  it("leads back to where it was", () => {
    const visit = visitOf(pathOf("journey", "a/b c%"), "default");
    expect(visit).toEqual(journey("a/b c%"));
  });

  it("stands once, in front, and is bounded", () => {
    const many = Array.from({ length: 20 }, (_, n) => journey(`run-${n}`)).reduce(withVisit, [] as Visit[]);
    expect(many).toHaveLength(MAX_VISITS);
    expect(withVisit(many, journey("run-15"))[0]).toEqual(journey("run-15"));
    expect(withVisit(many, journey("run-15"))).toHaveLength(MAX_VISITS);
    expect(withVisit([journey("a")], journey("a", "other"))).toHaveLength(2);
    expect(withVisit([journey("a", null)], journey("a"))).toEqual([journey("a")]);
  });
});
