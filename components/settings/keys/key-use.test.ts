import { expect, it } from "vitest";
import { keyUse } from "./key-use";

it("a key that sends is tried by sending, with the time of the shell", () => {
  expect(keyUse("http://localhost:3000", "sb_x", "ingest", "prod")).toBe(
    `curl -H 'Authorization: Bearer sb_x' -H 'Content-Type: application/json' \\
  -d '{"id":"try-1","time":'$(date +%s)',"stage":"state","environment":"prod","attributes":{"component":"key","state":"tried"}}' http://localhost:3000/api/v1/telemetry`,
  );
});

it("a key that reads is tried by reading", () => {
  expect(keyUse("https://s.example", "sb_x", "read", "prod")).toBe(
    "curl -H 'Authorization: Bearer sb_x' https://s.example/api/v1/overview",
  );
});
