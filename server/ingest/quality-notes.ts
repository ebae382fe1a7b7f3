/** What is wrong with the data itself, counted beside the process that sends it. */
import type { ObservedEvent, Stage } from "@/domain/telemetry/event";
import type { BatchNote } from "@/server/storage/batch-rows";

type NoteCode = "no_message_id" | "no_run_id" | "clock_skew" | "time_in_future";

const SKEW_MS = 1_000;
const WITH_MESSAGE_ID: ReadonlySet<Stage> = new Set(["received", "emitted", "sent", "acked"]);

/** One note for each process and code. That an id was used again only the stored rows can tell. */
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

function codesOf(event: ObservedEvent): NoteCode[] {
  const codes: NoteCode[] = [];
  if (WITH_MESSAGE_ID.has(event.stage) && event.messageId === null) codes.push("no_message_id");
  if (event.stage === "emitted" && event.runId === null && event.scope === "user") codes.push("no_run_id");
  if (Math.abs(event.clockOffsetMs) > SKEW_MS) codes.push("clock_skew");
  if (event.timeMs + event.clockOffsetMs > event.receivedAtMs + SKEW_MS) codes.push("time_in_future");
  return codes;
}
