import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/contracts/http";
import { prepareRow } from "./prepare-row";

const event = (fields: Partial<TimelineEvent>): TimelineEvent => ({
  ...{ id: "e", time: "", receivedAt: "", stage: "sent", environment: "default", outcome: "ok", scope: "user" },
  ...fields,
});
const mark = (fields: Partial<TimelineEvent>, leaked: string[] = []) =>
  prepareRow(event(fields), "ann", new Set(leaked)).mark;

describe("a row of a user's timeline", () => {
  it("says nothing where the message is the user's own", () => {
    expect(mark({ userId: "ann", connectionUser: "ann" })).toBeNull();
    expect(mark({})).toBeNull();
  });

  it("says whose message it is, whom it went to, and whom it claims", () => {
    expect(mark({ foreignOwner: "bob", connectionUser: "ann" })?.text).toBe("of bob");
    expect(mark({ connectionUser: "bob" })?.text).toBe("to bob");
    expect(mark({ connectionUser: "ann", userId: "bob" })?.text).toBe("claims bob");
  });

  it("is bad only where it proves a leak: a shared thread is none", () => {
    expect(mark({ foreignOwner: "bob" })?.bad).toBe(false);
    expect(mark({ foreignOwner: "bob" }, ["e"])?.bad).toBe(true);
    expect(mark({}, ["e"])?.text).toBe("leak");
  });

  it("has failed with an error or when it was dropped", () => {
    expect(prepareRow(event({ outcome: "error" }), "ann", new Set()).failed).toBe(true);
    expect(prepareRow(event({ stage: "dropped" }), "ann", new Set()).failed).toBe(true);
    expect(prepareRow(event({}), "ann", new Set()).failed).toBe(false);
  });
});
