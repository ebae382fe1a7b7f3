import { describe, expect, it } from "vitest";
import type { RetentionView } from "@/contracts/settings";
import { draftOf, dropSentence, prepareRetention } from "./prepare-retention";

const GIB = 1024 ** 3;
const view = (over: Partial<RetentionView> = {}): RetentionView => ({
  ...{ revision: 4, savedAt: null, savedBy: null },
  retentionDays: { value: 14, origin: "default", variable: "SIGNALBOX_RETENTION_DAYS", fallback: 14 },
  maxDiskBytes: { value: 20 * GIB, origin: "default", variable: "SIGNALBOX_MAX_DISK", fallback: 20 * GIB },
  ...{ days: [], daysOmitted: 0, telemetryBytes: 0, otherBytes: 0, storageFull: false, dropped: [] },
  ...over,
});
const typed = (seen: RetentionView, over: Partial<ReturnType<typeof draftOf>>) =>
  prepareRetention(seen, { ...draftOf(seen), ...over });

describe("retention's form", () => {
  it("untouched it asks nothing", () => {
    expect(prepareRetention(view(), draftOf(view()))).toEqual({ change: null, problems: {} });
  });

  it("saves what was typed, and leaves the other value to where it comes from", () => {
    expect(typed(view(), { days: "3" }).change).toEqual({ basedOn: 4, retentionDays: 3, maxDiskBytes: null });
    expect(typed(view(), { disk: "5 GB" }).change).toEqual({
      ...{ basedOn: 4, retentionDays: null, maxDiskBytes: 5 * GIB },
    });
  });

  it("a saved value stays when the other is changed, and typing the default gives it up", () => {
    const saved = view({ retentionDays: { value: 3, origin: "saved", variable: "", fallback: 14 } });
    expect(typed(saved, { disk: "5 GB" }).change).toMatchObject({ retentionDays: 3 });
    expect(typed(saved, { days: "14" }).change).toMatchObject({ retentionDays: null });
  });

  it("says what is wrong, each with its field", () => {
    expect(typed(view(), { days: "two" }).problems).toEqual({ days: "write a number of days" });
    expect(typed(view(), { days: "0" }).problems).toEqual({ days: "must be at least 1 day" });
    expect(typed(view(), { disk: "20" }).problems).toEqual({ disk: "write it with a unit: 500 MB, 20 GB" });
    expect(typed(view(), { disk: "1 MB" }).problems).toEqual({ disk: "must be at least 100 MiB" });
  });
});

it("the dry run is one sentence", () => {
  const plan = { days: 3, oldest: null, newest: null, events: 1_204_331, eventsExact: true, bytes: 410 * 1024 ** 2 };
  const rest = { bytesAfter: 0, storageFull: false };
  expect(dropSentence({ ...plan, ...rest })).toBe("would drop 3 days, 1.2 M events, 410 MB");
  expect(dropSentence({ ...plan, ...rest, eventsExact: false })).toContain("about 1.2 M events");
  expect(dropSentence({ ...plan, ...rest, days: 0 })).toBe("would drop nothing that is stored now");
});
