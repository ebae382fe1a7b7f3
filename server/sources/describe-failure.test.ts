import { describe, expect, it } from "vitest";
import { describeFailure } from "./describe-failure";

describe("describeFailure", () => {
  it.each([
    [Object.assign(new Error("websocket error"), { description: { error: { code: "ECONNREFUSED" } } }), "ECONNREFUSED"],
    [new Error("websocket error"), "cannot be reached"],
    [Object.assign(new Error("no"), { data: { code: "unauthorized" } }), "unauthorized"],
    [new Error("unauthorized"), "unauthorized"],
    [new Error("Dear Alice, your password is wrong"), "Error"],
    ["text", "unknown error"],
  ])("shows codes and plain words of %s, never a sentence", (error, shown) => {
    expect(describeFailure(error)).toBe(shown);
  });
});
