import { expect, test } from "vitest";
import { countedTitle } from "./tab-title";

test("the number stands once before the title, and goes with the last incident", () => {
  expect(countedTitle("Journeys · Signalbox", 2)).toBe("(2) Journeys · Signalbox");
  expect(countedTitle("(2) Journeys · Signalbox", 12)).toBe("(12) Journeys · Signalbox");
  expect(countedTitle("(2) Journeys · Signalbox", 0)).toBe("Journeys · Signalbox");
  expect(countedTitle("Signalbox", 0)).toBe("Signalbox");
});
