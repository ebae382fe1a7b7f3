import { describe, expect, it } from "vitest";
import { viewAddress, viewHref } from "./view-address";

describe("the address of a saved view", () => {
  it("keeps page and filters, and leaves out environment, zone and what is open", () => {
    const address = "https://x.example/journeys?environment=prod&status=failed&user=a%26b&tz=utc#event=e1";
    expect(viewAddress(address)).toEqual({ path: "/journeys", query: "status=failed&user=a%26b" });
  });

  it("is opened in the environment that is looked at", () => {
    const view = { path: "/journeys", query: "status=failed&user=a%26b" };
    expect(viewHref(view, { environment: "staging", tz: null })).toBe(
      "/journeys?environment=staging&status=failed&user=a%26b",
    );
    expect(viewHref({ path: "/", query: "" }, { environment: null, tz: null })).toBe("/");
    expect(viewHref({ path: "/", query: "last=6h" }, { environment: null, tz: "utc" })).toBe("/?tz=utc&last=6h");
  });
});
