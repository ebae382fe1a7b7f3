import { describe, expect, it } from "vitest";
import { readArguments } from "./read-arguments";

const nowMs = Date.UTC(2026, 10, 20, 12);
const send = (...args: string[]) => readArguments(["--key", "a-key-for-this-test", ...args], nowMs);

describe("npm run seed", () => {
  it("makes a week that ends now, in an environment of its own, unless told otherwise", () => {
    expect(send("--url", "http://localhost:4000/")).toEqual({
      kind: "send",
      url: "http://localhost:4000",
      key: "a-key-for-this-test",
      days: { events: 100_000, seed: 7, days: 7, environment: "seeded", endMs: nowMs },
    });
  });

  it("takes every option", () => {
    const asked = send(
      "--events",
      "1000000",
      "--seed",
      "8",
      "--days",
      "3",
      "--environment",
      "e",
      "--end",
      "2026-11-01T00:00:00Z",
    );
    expect(asked).toMatchObject({
      days: { events: 1_000_000, seed: 8, days: 3, environment: "e", endMs: Date.UTC(2026, 10, 1) },
    });
  });

  it("needs no key to print", () => {
    expect(readArguments(["--print", "--events", "1000"], nowMs)).toMatchObject({
      kind: "print",
      days: { events: 1_000 },
    });
  });

  it.each([
    [["--events", "many"], "--events"],
    [["--events", "10"], "--events"],
    [["--days", "0"], "--days"],
    [["--end", "yesterday"], "--end"],
    [["--url", "localhost"], "--url"],
    [["--evnets", "5"], "--evnets"],
  ])("says what is wrong with %j", (args, named) => {
    const asked = send(...args);
    expect(asked.kind).toBe("wrong");
    expect(asked).toMatchObject({ message: expect.stringContaining(named) });
  });
});
