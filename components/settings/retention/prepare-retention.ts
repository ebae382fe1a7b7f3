/** What a person typed for retention: the change, what is wrong with it, and what it would drop in one sentence. */
import { parseSize, roughly, size } from "@/client/bytes";
import { counted } from "@/client/format";
import { type RetentionChange, type RetentionDryRun, type RetentionView, retentionChange } from "@/contracts/settings";

export interface RetentionDraft {
  days: string;
  disk: string;
}

export interface PreparedRetention {
  /** Null while nothing differs or something is wrong. */
  change: RetentionChange | null;
  problems: { days?: string; disk?: string };
}

export function draftOf({ retentionDays, maxDiskBytes }: RetentionView): RetentionDraft {
  return { days: String(retentionDays.value), disk: size(maxDiskBytes.value) };
}

export function prepareRetention(view: RetentionView, draft: RetentionDraft): PreparedRetention {
  const now = draftOf(view);
  const days = /^\s*\d+(\.\d+)?\s*$/.test(draft.days) ? Number(draft.days) : null;
  const disk = parseSize(draft.disk);
  const problems: PreparedRetention["problems"] = {};
  if (days === null) problems.days = "write a number of days";
  if (disk === null) problems.disk = "write it with a unit: 500 MB, 20 GB";
  const parsed = retentionChange.safeParse({
    basedOn: view.revision,
    retentionDays: savedValue(view.retentionDays, draft.days === now.days ? null : days),
    maxDiskBytes: savedValue(view.maxDiskBytes, draft.disk === now.disk ? null : disk),
  });
  for (const issue of parsed.error?.issues ?? []) {
    if (issue.path[0] === "retentionDays") problems.days ??= issue.message;
    if (issue.path[0] === "maxDiskBytes") problems.disk ??= issue.message;
  }
  const differs = draft.days.trim() !== now.days || draft.disk.trim() !== now.disk;
  const fine = parsed.success && Object.keys(problems).length === 0;
  return { change: differs && fine ? parsed.data : null, problems };
}

/** What the row would hold: null where the default counts or the variable does. */
function savedValue({ value, origin, fallback }: RetentionView["retentionDays"], typed: number | null): number | null {
  if (origin === "variable") return null;
  if (typed === null) return origin === "saved" ? value : null;
  return typed === fallback ? null : typed;
}

/** "would drop 3 days, 1.2 M events, 410 MB" */
export function dropSentence({ days, events, eventsExact, bytes }: RetentionDryRun): string {
  if (days === 0) return "would drop nothing that is stored now";
  const counts = `${eventsExact ? "" : "about "}${roughly(events)} ${events === 1 ? "event" : "events"}`;
  return `would drop ${counted(days, "day")}, ${counts}, ${size(bytes)}`;
}
