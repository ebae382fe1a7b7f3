/** What is odd about a journey's telemetry, counted for the process that sends it. Pure. */
import type { Verdict } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import type { QualityNote } from "../telemetry/quality-note";
import { type Contribution, type Counter, NOTE_PREFIX } from "./counter";

const COUNTED: ReadonlySet<string> = new Set<QualityNote>(["unknown_user", "unknown_connection"]);

export interface CountedNote {
  code: QualityNote;
  service: string;
  instance: string;
  /** Id of one event that shows it. */
  sample: string;
  /** Events. */
  n: number;
}

/** Counts the events of each note for the process that sent the first of them. `events` are the journey's own. */
export function countNotes(counter: Counter, { notes }: Verdict, events: readonly ObservedEvent[]): void {
  for (const { code, eventIds, eventIdsOmitted = 0 } of notes) {
    const first = COUNTED.has(code) && events.find(({ id }) => id === eventIds[0]);
    if (!first) continue;
    const name = JSON.stringify([code, first.service ?? "", first.instance ?? "", first.id]);
    counter.add(`${NOTE_PREFIX}${name}`, eventIds.length + eventIdsOmitted);
  }
}

/** What {@link countNotes} counted. */
export function notesIn({ metrics }: Contribution): CountedNote[] {
  return Object.entries(metrics).flatMap(([name, n]) => {
    if (!name.startsWith(NOTE_PREFIX)) return [];
    const [code, service, instance, sample] = JSON.parse(name.slice(NOTE_PREFIX.length));
    return [{ code, service, instance, sample, n }];
  });
}
