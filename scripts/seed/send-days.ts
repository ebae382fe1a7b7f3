/** Sends made-up days as they are made: what is held at once does not grow with their number. */
import { planDays } from "@/synthetic/days/plan-days";
import { playDays } from "@/synthetic/days/play-days";
import type { DaysOptions } from "@/synthetic/days/types";
import type { SyntheticEvent } from "@/synthetic/types";
import { postBatch } from "./post-batch";
import { createStory, type Story } from "./story";

const BATCH = 1_000;
const SENDERS = 4;

export interface Progress {
  sent: number;
  /** Events that were stored already, from an earlier run with the same end. */
  duplicates: number;
  /** How often the app asked a sender to wait. */
  waits: number;
}

export interface Sent extends Progress {
  story: Story;
}

/** @throws when the app is gone or refuses */
export async function sendDays(
  app: { url: string; key: string },
  options: DaysOptions,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Sent> {
  const story = createStory(planDays(options));
  const progress = { sent: 0, duplicates: 0, waits: 0 };
  const inFlight = new Set<Promise<void>>();
  let batch: SyntheticEvent[] = [];
  let failure = null as { error: unknown } | null;

  const send = async (events: SyntheticEvent[]): Promise<void> => {
    const answer = await postBatch(app, events, () => {
      progress.waits += 1;
    });
    progress.sent += events.length;
    progress.duplicates += answer.duplicates;
    onProgress(progress);
  };
  /** Hands the batch over; waits while too many are on their way. */
  const dispatch = async (): Promise<void> => {
    const sending: Promise<void> = send(batch)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    batch = [];
    if (inFlight.size >= SENDERS) await Promise.race(inFlight);
  };

  for (const piece of playDays(options)) {
    story.add(piece);
    for (const event of piece.events) {
      batch.push(event);
      if (batch.length === BATCH) await dispatch();
    }
    if (failure) break;
  }
  if (batch.length > 0 && !failure) await dispatch();
  await Promise.all(inFlight);
  if (failure) throw failure.error;
  return { ...progress, story };
}
