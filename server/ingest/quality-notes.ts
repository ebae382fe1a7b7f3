/** What is wrong with the data itself, counted beside the process that sends it. */
import type { ObservedEvent, Stage } from "@/domain/telemetry/event";
import type { RowOutcome } from "./event-store";

export interface QualityNote {
  environment: string;
  service: string;
  instance: string;
  code: "no_message_id" | "no_run_id" | "clock_skew" | "time_in_future" | "id_reused";
  count: number;
  atMs: number;
  /** Id of one event that shows it. */
  sample: string;
}

const SKEW_MS = 1_000;
const WITH_MESSAGE_ID: ReadonlySet<Stage> = new Set(["received", "emitted", "sent", "acked"]);

/** Notes that follow from the events alone. */
export function notesOf(events: readonly ObservedEvent[]): QualityNote[] {
  return countNotes(events, (event) => {
    const codes: QualityNote["code"][] = [];
    if (WITH_MESSAGE_ID.has(event.stage) && event.messageId === null) codes.push("no_message_id");
    if (event.stage === "emitted" && event.runId === null && event.scope === "user") codes.push("no_run_id");
    if (Math.abs(event.clockOffsetMs) > SKEW_MS) codes.push("clock_skew");
    if (event.timeMs + event.clockOffsetMs > event.receivedAtMs + SKEW_MS) codes.push("time_in_future");
    return codes;
  });
}

/** Notes that only the stored rows show. */
export function notesOfOutcomes(events: readonly ObservedEvent[], outcomes: readonly RowOutcome[]): QualityNote[] {
  const reused = events.filter((_, index) => outcomes[index] === "id_reused");
  return countNotes(reused, () => ["id_reused"]);
}

function countNotes(
  events: readonly ObservedEvent[],
  codesOf: (event: ObservedEvent) => QualityNote["code"][],
): QualityNote[] {
  const notes = new Map<string, QualityNote>();
  for (const event of events) {
    const { environment, service, instance } = {
      ...event,
      service: event.service ?? "",
      instance: event.instance ?? "",
    };
    for (const code of codesOf(event)) {
      const key = [environment, service, instance, code].join("\n");
      const note = notes.get(key);
      if (note) note.count++;
      else
        notes.set(key, { environment, service, instance, code, count: 1, atMs: event.receivedAtMs, sample: event.id });
    }
  }
  return [...notes.values()];
}
