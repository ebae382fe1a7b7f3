import { expect, it } from "vitest";
import { createJourneysFeed } from "./journeys-feed";
import { parseRoom } from "./parse-room";

it.each([
  ["overview@prod", { kind: "overview", environment: "prod", minutes: 60 }],
  ["overview:15@prod", { kind: "overview", environment: "prod", minutes: 15 }],
  ["journeys@prod", { kind: "journeys", environment: "prod" }],
  ["journey:run:1@x@prod", { kind: "journey", environment: "prod", id: "run:1@x" }],
  ["user:ann@example.com@prod", { kind: "user", environment: "prod", id: "ann@example.com" }],
  ["routers:15@prod", { kind: "routers", environment: "prod", minutes: 15 }],
  ["router:15:app.m:A@x@prod", { kind: "router", environment: "prod", minutes: 15, router: "app.m:A@x" }],
  ["router:15@prod", null],
  ["router:15:@prod", null],
  ["router:A@prod", null],
  ["router:0:A@prod", null],
  ["overview:0@prod", null],
  ["overview:99999@prod", null],
  ["overview:x@prod", null],
  ["journey@prod", null],
  ["journeys:x@prod", null],
  ["journeys", null],
  ["journeys@", null],
  ["@prod", null],
  ["toString@prod", null],
])("the room %s", (name, room) => {
  expect(parseRoom(name)).toEqual(room);
});

it("a journey that merged into another is removed, and one that came back is not", () => {
  const judged = { upTo: "2026-01-01T00:00:00.000Z", backlog: 0, setAside: 0 };
  const row = (key: string) => ({
    id: key,
    key,
    environment: "e",
    status: "running" as const,
    owner: null,
    startedAt: "",
    endedAt: null,
    durationMs: null,
    brokenAt: null,
    brokenBy: null,
    findings: [],
    routers: [],
    versions: [],
    eventCount: 1,
  });
  const feed = createJourneysFeed();
  const change = { environment: "e", users: [], incidentsChanged: false };
  feed.add({ ...change, journeys: [row("a"), row("b")], removed: [] });
  feed.add({ ...change, journeys: [row("c")], removed: ["a", "b"] });
  feed.add({ ...change, journeys: [row("b")], removed: [] });
  const patch = feed.take(judged);
  expect(patch?.upserts.map(({ key }) => key)).toEqual(["c", "b"]);
  expect(patch?.removed).toEqual(["a"]);
  expect(feed.take(judged)).toBeNull();
  expect(feed.take({ ...judged, backlog: 1 })).toMatchObject({ upserts: [], judged: { backlog: 1 } });
});
