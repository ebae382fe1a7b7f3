import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createStored } from "./stored";

describe("what a browser keeps", () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal("window", new EventTarget());
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });
  afterEach(() => vi.unstubAllGlobals());
  const list = () => createStored("list", z.array(z.string()), []);

  it("is read back, and the same object as long as nothing changed", () => {
    const stored = list();
    stored.write(["a"]);
    expect(list().read()).toEqual(["a"]);
    expect(stored.read()).toBe(stored.read());
  });

  it.each(["{", '{"an":"object"}', "[1]"])("reads as nothing when it holds %s", (text) => {
    kept.set("signalbox.list", text);
    expect(list().read()).toEqual([]);
  });

  it("tells of changes in this tab and in others, until nobody listens", () => {
    const stored = list();
    const changed = vi.fn();
    const leave = stored.subscribe(changed);
    stored.write(["b"]);
    window.dispatchEvent(Object.assign(new Event("storage"), { key: "signalbox.list" }));
    window.dispatchEvent(Object.assign(new Event("storage"), { key: "signalbox.other" }));
    expect(changed).toHaveBeenCalledTimes(2);
    leave();
    stored.write(["c"]);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it("does without where the browser forbids it", () => {
    vi.stubGlobal("localStorage", {
      getItem: () => {
        throw new Error("denied");
      },
    });
    expect(list().read()).toEqual([]);
    expect(() => list().write(["a"])).not.toThrow();
  });
});
