import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCatchUp } from "./catch-up";

describe("the end of a replay", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const watched = () => {
    const onCaughtUp = vi.fn();
    const catchUp = createCatchUp(100, onCaughtUp);
    catchUp.begin();
    return { catchUp, onCaughtUp };
  };

  it("comes with quiet, and a batch that is being stored is no quiet", () => {
    const { catchUp, onCaughtUp } = watched();
    vi.advanceTimersByTime(90);
    catchUp.busy();
    vi.advanceTimersByTime(500);
    catchUp.free();
    vi.advanceTimersByTime(99);
    expect(onCaughtUp).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onCaughtUp).toHaveBeenCalledOnce();
  });

  it("comes once, at the first event from after the reconnect", () => {
    const { catchUp, onCaughtUp } = watched();
    catchUp.reached();
    catchUp.reached();
    vi.advanceTimersByTime(1_000);
    expect(onCaughtUp).toHaveBeenCalledOnce();
  });

  it("does not come when the connection is lost first", () => {
    const { catchUp, onCaughtUp } = watched();
    catchUp.cancel();
    catchUp.reached();
    vi.advanceTimersByTime(1_000);
    expect(onCaughtUp).not.toHaveBeenCalled();
  });
});
