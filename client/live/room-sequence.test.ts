import { describe, expect, it } from "vitest";
import { followDelta } from "./room-sequence";

describe("numbered deltas", () => {
  it("apply in order", () => expect(followDelta(4, 5)).toEqual({ action: "apply", seq: 5 }));
  it("are ignored before the snapshot and when seen already", () => {
    expect(followDelta(null, 5).action).toBe("ignore");
    expect(followDelta(5, 5).action).toBe("ignore");
  });
  it("lead to a new subscription when some are missing, and say how many", () => {
    expect(followDelta(4, 8)).toEqual({ action: "resubscribe", missed: 3 });
  });
});
