import { expect, it } from "vitest";
import { describeView } from "./describe-view";

it.each([
  ["/", "", "Overview"],
  ["/", "last=6h", "Overview: last 6h"],
  ["/journeys", "status=failed&user=ann&q=", "Journeys: status failed, user ann"],
  ["/users/a%20b", "", "Users a b"],
  ["/users/%E0%A4%A", "", "Users %E0%A4%A"],
])("the view of %s with %s reads %s", (path, query, text) => expect(describeView({ path, query })).toBe(text));
