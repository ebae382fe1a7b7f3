import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { httpCode } from "./snippets";

test("the command for a shell sends one event of this moment", () => {
  const sent = httpCode("http://127.0.0.1:3000", "demo").replace(/^curl[\s\S]*-d /, "printf %s ");
  const [event] = JSON.parse(execFileSync("sh", ["-c", sent], { encoding: "utf8" })) as [Record<string, unknown>];
  expect(event).toMatchObject({ stage: "received", environment: "demo" });
  expect(Math.abs(Number(event.time) - Date.now() / 1_000)).toBeLessThan(60);
});
