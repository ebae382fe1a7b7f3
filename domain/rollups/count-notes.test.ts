import { expect, test } from "vitest";
import { observed } from "../testing/events";
import { verdict } from "../testing/verdict";
import { countNotes, notesIn } from "./count-notes";
import { createCounter, placed } from "./counter";

test("a note counts its events, listed or not, for the process of the first, and in no minute", () => {
  const counter = createCounter(0);
  const judged = verdict({
    notes: [
      { code: "unknown_user", text: "x", eventIds: ["e2", "e1"], eventIdsOmitted: 3 },
      { code: "owner_unknown", text: "x", eventIds: ["e1"] },
    ],
  });
  const events = [observed({ id: "e1", service: "other" }), observed({ id: "e2", service: "chat", instance: "1" })];
  countNotes(counter, judged, events);
  expect(notesIn(counter.contribution)).toEqual([
    { code: "unknown_user", service: "chat", instance: "1", sample: "e2", n: 5 },
  ]);
  expect(placed(counter.contribution)).toEqual([]);
});
