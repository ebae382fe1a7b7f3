import { setImmediate as nextTurn } from "node:timers/promises";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import type { SourceList } from "@/contracts/http";
import { NO_FILTERS } from "../journey-filters";
import { keys } from "../keys";
import { journeysRoom, sourcesRoom } from "./room-handlers";

const sources = (omitted: number): SourceList => ({ items: [], omitted, notes: [], notesOmitted: 0 });

/** A query whose answers are given by hand; the first is asked for at once. */
function ask<T>(cache: QueryClient, queryKey: readonly unknown[]) {
  const answers: ((answer: T) => void)[] = [];
  const observer = new QueryObserver<T>(cache, {
    queryKey,
    queryFn: () => new Promise<T>((tell) => answers.push(tell)),
  });
  observer.subscribe(() => undefined);
  return answers;
}

describe("what a room tells", () => {
  it("is not overwritten by an answer that was under way when it came", async () => {
    const cache = new QueryClient();
    const key = keys.sources("e");
    const answers = ask<SourceList>(cache, key);
    expect(sourcesRoom(cache, "e").snapshot(sources(2))).toBe(true);
    answers[0]?.(sources(1));
    await nextTurn();
    expect(cache.getQueryData(key)).toEqual(sources(2));
  });

  it("makes a list be asked for again whose first answer is under way", () => {
    const cache = new QueryClient();
    cache.setQueryData(keys.session(), { environments: ["e"] });
    const answers = ask(cache, keys.journeys("e", NO_FILTERS));
    const judged = { upTo: "2026-01-31T12:00:00.000Z", backlog: 0, setAside: 0 };
    expect(journeysRoom(cache, "e").snapshot({ judged })).toBe(true);
    expect(answers).toHaveLength(2);
  });
});
