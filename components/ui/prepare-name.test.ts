import { describe, expect, it } from "vitest";
import { nameParts } from "./prepare-name";

describe("the words of a name", () => {
  it.each([
    ["UserScopedWebSocketEventRouter", ["User", "Scoped", "Web", "Socket", "Event", "Router"]],
    ["chat.event-router", ["chat.", "event-", "router"]],
    ["HTTPRouter", ["HTTPRouter"]],
    ["a::b", ["a::", "b"]],
    ["", [""]],
  ])("%s", (name, parts) => {
    expect(nameParts(name)).toEqual(parts);
    expect(nameParts(name).join("")).toBe(name);
  });
});
