import { describe, expect, it } from "vitest";
import type { SearchAnswer, SearchHit } from "@/contracts/http";
import { preparePalette } from "./prepare-palette";

const common = { id: "x", environment: "default", exact: false, at: "2026-01-31T12:00:00.000Z" };
const journey = { journeyId: "run-1", journeyKey: "r:run-1", status: "failed", owner: "ann" } as const;
const hits = {
  user: { kind: "user", ...common, connected: true, status: null },
  run: { kind: "run", ...common, ...journey },
  message: { kind: "message", ...common, ...journey, type: "user_message", userId: null },
  connection: {
    kind: "connection",
    ...common,
    instance: "i1",
    userId: "ann",
    state: "closed",
    openedAt: "2026-01-31T11:00:00.000Z",
    closedAt: "2026-01-31T12:00:00.000Z",
  },
  thread: { kind: "thread", ...common, ...journey },
  incident: { kind: "incident", ...common, rule: "wrong_recipient", severity: "critical", status: "open", router: "R" },
} satisfies Record<string, SearchHit>;

const input = {
  typed: "",
  answer: undefined,
  visits: [{ kind: "journey" as const, id: "run-7", environment: "default" }],
  pages: [
    { path: "/", label: "Overview" },
    { path: "/journeys", label: "Journeys" },
  ],
  views: [{ id: "v1", name: "Failed today", path: "/journeys", query: "status=failed" }],
  actions: [{ id: "theme-dark", title: "Dark theme", words: "colours" }],
  environment: "default",
};
const found = (items: SearchHit[], more: SearchAnswer["more"] = []) =>
  preparePalette({ ...input, typed: "x", answer: { q: "x", items, more } });
const only = (hit: SearchHit) => found([hit])[0]?.items[0];

describe("the palette", () => {
  it("shows where one has been and what can be done while nothing is typed", () => {
    expect(preparePalette(input).map(({ title, items }) => [title, items.map((item) => item.title)])).toEqual([
      ["Recent", ["run-7"]],
      ["Saved views", ["Failed today"]],
      ["Pages", ["Overview", "Journeys"]],
      ["Actions", ["Dark theme"]],
    ]);
  });

  it("finds pages, views and actions by words of their name in any order, and what was opened by a part of its id", () => {
    const titles = (typed: string) => preparePalette({ ...input, typed }).map(({ title }) => title);
    expect(titles("journ")).toEqual(["Pages"]);
    expect(titles("theme dark")).toEqual(["Actions"]);
    expect(titles("colours")).toEqual(["Actions"]);
    expect(titles("failed")).toEqual(["Saved views"]);
    expect(titles("n-7")).toEqual(["Recent"]);
    expect(titles("nothing like it")).toEqual([]);
  });

  it("puts what was found before what is called so, the kind with the exact id first", () => {
    const groups = found([hits.user, hits.run, { ...hits.thread, exact: true }], ["run"]);
    expect(groups.map(({ title, more }) => [title, more])).toEqual([
      ["Threads", false],
      ["Users", false],
      ["Runs", true],
    ]);
  });

  it.each([
    [hits.user, { path: "/users/x", query: {} }],
    [hits.run, { path: "/journeys/run-1", query: {} }],
    [hits.message, { path: "/journeys/run-1", query: {} }],
    [
      { ...hits.message, journeyId: null, userId: "ben" },
      { path: "/users/ben", query: { from: common.at } },
    ],
    [hits.connection, { path: "/users/ann", query: { from: hits.connection.openedAt, to: hits.connection.closedAt } }],
    [
      { ...hits.connection, userId: null },
      { path: "/journeys", query: { connection: "x" } },
    ],
    [hits.thread, { path: "/journeys", query: { thread: "x" } }],
    [hits.incident, { path: "/incidents/x", query: {} }],
  ])("opens the page that shows most of %o", (hit, target) => {
    expect(only(hit)?.choice).toEqual({ do: "open", environment: "default", ...target });
  });

  it("offers nothing to open for a message of no journey and nobody", () => {
    expect(only({ ...hits.message, journeyId: null, owner: null })).toMatchObject({
      choice: null,
      details: ["user_message", "of no journey"],
    });
  });

  it("names the environment only where it is another than the one in view, and what an id is part of", () => {
    expect(only(hits.run)?.environment).toBeNull();
    expect(only({ ...hits.run, environment: "staging" })?.environment).toBe("staging");
    expect(only(hits.run)?.details).toEqual(["ann", "part of run-1"]);
    expect(only({ ...hits.run, id: "run-1" })?.details).toEqual(["ann"]);
  });
});
