/** Sends much telemetry as fast as it is taken. */
import { type BenchApp, untilJudged } from "./app";
import { chunk, type TrafficEvent } from "./traffic";

const BATCH = 500;
const SENDERS = 4;

/** Sends the events and waits for the judge; seconds until the last was accepted, and judged. */
export async function sendAll(app: BenchApp, events: TrafficEvent[]): Promise<{ acceptedS: number; judgedS: number }> {
  const batches = chunk(events, BATCH);
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  let next = 0;
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (let batch = batches[next++]; batch; batch = batches[next++]) await app.post(batch);
    }),
  );
  const acceptedS = seconds();
  await untilJudged(app);
  return { acceptedS, judgedS: seconds() };
}
