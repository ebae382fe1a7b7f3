/** One run of very many events: what it costs to take and judge it, and in memory. */
import { type BenchApp, untilJudged } from "./app";
import { chunk, connections, journey, type TrafficEvent } from "./traffic";

export interface BigRunResult {
  events: number;
  seconds: number;
  peakRssBytes: number;
  oversized: boolean;
}

export async function benchBigRun(app: BenchApp, count: number): Promise<BigRunResult> {
  const environment = "big-run";
  const startMs = Date.now() - 600_000;
  await app.post(connections(environment, 1, startMs - 1_000));
  const [received, routed, started] = journey(environment, 0, 1, startMs);
  if (!received || !routed || !started) throw new Error("traffic is empty");
  const thinking = Array.from({ length: count - 3 }, (_, index): TrafficEvent => {
    const stage = index % 2 === 0 ? "emitted" : "sent";
    const n = index >> 1;
    return {
      ...started,
      id: `thought-${index}`,
      time: new Date(startMs + 100 + index * 2).toISOString(),
      stage,
      type: "agent_thinking",
      messageId: `thought-${n}`,
      seq: n + 2,
      ...(stage === "sent" ? { connectionId: "c0", router: "MessageRouter" } : {}),
    };
  });
  let peakRssBytes = 0;
  const sample = setInterval(() => {
    void app.metrics("process_resident_memory_bytes").then(([bytes = 0]) => {
      peakRssBytes = Math.max(peakRssBytes, bytes);
    });
  }, 250);
  const began = performance.now();
  for (const batch of chunk([received, routed, started, ...thinking], 1_000)) await app.post(batch);
  await untilJudged(app);
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(sample);
  const { oversized, events } = await app.get<{ oversized: boolean; events: { total: number } }>(
    `/api/v1/journeys/run-0?environment=${environment}`,
  );
  if (events.total !== count) throw new Error(`${events.total} of ${count} events`);
  return { events: count, seconds, peakRssBytes, oversized };
}
