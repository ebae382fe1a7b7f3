/** What is wrong with the data itself, counted beside the process that sends it. */
import type { ObservedEvent, Stage } from "@/domain/telemetry/event";
import type { QualityNote } from "@/domain/telemetry/quality-note";
import type { BatchNote } from "@/server/storage/batch-rows";

const SKEW_MS = 1_000;
const WITH_MESSAGE_ID: ReadonlySet<Stage> = new Set(["received", "emitted", "sent", "acked"]);

/** One note for each process and code. That an id was used again only the stored rows can tell; who is known, the judge. */
export function notesOf(events: readonly ObservedEvent[]): BatchNote[] {
  const notes = new Map<string, BatchNote>();
  for (const event of events) {
    const { environment, receivedAtMs, id } = event;
    const service = event.service ?? "";
    const instance = event.instance ?? "";
    for (const code of codesOf(event)) {
      const key = [environment, service, instance, code].join("\n");
      const note = notes.get(key);
      if (note) note.count++;
      else notes.set(key, { environment, service, instance, code, count: 1, atMs: receivedAtMs, sample: id });
    }
  }
  return [...notes.values()];
}

function codesOf(event: ObservedEvent): QualityNote[] {
  const codes: QualityNote[] = [];
  if (WITH_MESSAGE_ID.has(event.stage) && event.messageId === null) codes.push("no_message_id");
  if (event.stage === "emitted" && event.runId === null && event.scope === "user") codes.push("no_run_id");
  if (Math.abs(event.clockOffsetMs) > SKEW_MS) codes.push("clock_skew");
  if (event.timeMs + event.clockOffsetMs > event.receivedAtMs + SKEW_MS) codes.push("time_in_future");
  if (event.userId !== null && event.userId === event.threadId) codes.push("thread_as_user");
  return codes;
}
