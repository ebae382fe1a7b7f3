import { describe, expect, it } from "vitest";
import { renameInView } from "./rename-in-views";

const renaming = { from: "ann", to: "erased-1" };
const rename = (name: string, path: string, query: string) =>
  Object.values(renameInView({ name, path, query }, renaming));

describe("a user in a saved view", () => {
  it.each([
    [
      ["Failures of ann", "/journeys", "user=ann&status=failed"],
      ["Failures of erased-1", "/journeys", "user=erased-1&status=failed"],
    ],
    [
      ["ann's day", "/users/ann", ""],
      ["erased-1's day", "/users/erased-1", ""],
    ],
    [
      ["What (ann) saw", "/users/%61nn", "q=ann"],
      ["What (erased-1) saw", "/users/erased-1", "q=erased-1"],
    ],
  ])("%j becomes %j", (view, expected) => expect(rename(...(view as [string, string, string]))).toEqual(expected));

  it("is not mistaken for a part of another word or id", () => {
    const view = ["annual plan", "/users/anna", "user=annabel&q=run-ann"] as const;
    expect(rename(...view)).toEqual(view);
  });
});
