/** What holds for the routing layers as such: faults come from their design and from races, and from nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FINDING_CODES } from "@/domain/journeys/types";
import { GUESTS, SIMULATED_USERS } from "../users/names";
import { CanonicalMessageRouter } from "./consolidated/canonical-message-router";
import { createFragmentedRouting } from "./fragmented/fragmented-routing";
import { type BenchConnection, createBench } from "./testing/bench";

const folder = fileURLToPath(new URL(".", import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("testing"))
  .map((path) => [path, readFileSync(join(folder, path), "utf8")] as const);

describe("the routers' sources", () => {
  it("are all looked at", () => expect(sources.length).toBeGreaterThanOrEqual(8));

  it.each(sources)("%s has no chance, no clock and no timer", (_, text) => {
    expect(text).not.toMatch(
      /random|seed|setTimeout|setInterval|setImmediate|nextTick|Date\b|performance|pace|wait\(/i,
    );
  });

  it.each(sources)("%s names no user and no fault", (_, text) => {
    const words = [
      ...SIMULATED_USERS,
      ...GUESTS,
      ...FINDING_CODES,
      ..."leak fault phantom lost lose swallow conflict duplicate stall drop_ broken bug race demo chaos simulate".split(
        " ",
      ),
    ];
    expect(words.filter((word) => new RegExp(`\\b${word}`, "i").test(text))).toEqual([]);
  });
});

type Move = "ask" | "button" | "chat" | "open" | "close" | "resume" | "store" | "emit" | "tool" | "end";
const MOVES: Move[] = ["ask", "button", "chat", "open", "close", "resume", "store", "emit", "tool", "end"];

/** Plays moves on a layer and returns every receipt that was for somebody else. */
async function strayReceipts(layer: "fragmented" | "consolidated", users: number, moves: [Move, number][]) {
  const bench = createBench(
    layer === "fragmented" ? createFragmentedRouting : (backend) => new CanonicalMessageRouter(backend),
  );
  const connections: BenchConnection[] = [];
  const owners = new Map<string, string>();
  const pending: Promise<unknown>[] = [];
  const types = { ask: "user_message", button: "start_agent", chat: "chat", resume: "resume" } as const;
  for (const [index, [move, pick]] of moves.entries()) {
    const open = connections.filter((connection) => connection.open);
    const connection = open[pick % Math.max(1, open.length)];
    const run = pick % Math.max(1, bench.runs.length);
    if (move === "open") connections.push(bench.connect(`u${pick % users}`));
    else if (move === "store") await bench.storeAnswers();
    else if (move === "close" && connection) bench.close(connection);
    else if (move in types && connection) {
      owners.set(`m${index}`, connection.userId);
      pending.push(bench.say(connection, types[move as keyof typeof types], `m${index}`));
    } else if (bench.runs.length > 0) {
      if (move === "emit") bench.emit(run, "agent_thinking");
      if (move === "tool") bench.emit(run, "tool_executing", "search");
      if (move === "end") bench.end(run);
    }
  }
  await bench.storeAnswers();
  await bench.storeAnswers();
  return connections.flatMap(({ userId, inbox }) => inbox.filter((event) => owners.get(event.inReplyTo) !== userId));
}

const moves = fc.array(fc.tuple(fc.constantFrom(...MOVES), fc.nat(50)), { minLength: 10, maxLength: 80 });

describe("whatever happens in whatever order", () => {
  it("with one user the fragmented layer shows nobody what is not theirs", () =>
    fc.assert(
      fc.asyncProperty(moves, async (played) => {
        expect(await strayReceipts("fragmented", 1, played)).toEqual([]);
      }),
    ));

  it("with many users the consolidated layer shows nobody what is not theirs", () =>
    fc.assert(
      fc.asyncProperty(moves, async (played) => {
        expect(await strayReceipts("consolidated", 3, played)).toEqual([]);
      }),
    ));

  it("with two users the fragmented layer can be made to", async () => {
    const meeting: [Move, number][] = [
      ["open", 0],
      ["open", 1],
      ["ask", 0],
      ["ask", 1],
      ["store", 0],
      ["emit", 0],
    ];
    expect((await strayReceipts("fragmented", 2, meeting)).length).toBe(1);
  });
});
