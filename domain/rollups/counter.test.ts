import { expect, test } from "vitest";
import { createCounter, placed } from "./counter";

test("what is counted in another minute is placed there, earlier or later", () => {
  const counter = createCounter(125_000);
  counter.add("status/failed");
  counter.addAt(59_999, '["message","A+[",""]');
  counter.addAt(121_000, '["message","B",""]');
  counter.addAt(180_000, '["message","B",""]');
  counter.addAt(239_999, '["message","B",""]');
  expect(placed(counter.contribution)).toEqual([
    { minuteMs: 120_000, metric: "status/failed", n: 1 },
    { minuteMs: 0, metric: '["message","A+[",""]', n: 1 },
    { minuteMs: 120_000, metric: '["message","B",""]', n: 1 },
    { minuteMs: 180_000, metric: '["message","B",""]', n: 2 },
  ]);
});
