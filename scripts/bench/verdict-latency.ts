/** POST → the journey's verdict in a real /live client, at a given rate over HTTP. */
import { io } from "socket.io-client";
import { journeysPatch } from "@/contracts/live";
import type { BenchApp } from "./app";
import { connections, EVENTS_PER_JOURNEY, journey } from "./traffic";

export interface LatencyResult {
  journeys: number;
  seen: number;
  p50Ms: number;
  p99Ms: number;
}

const USERS = 100;
const TICK_MS = 50;

export async function benchVerdictLatency(
  app: BenchApp,
  eventsPerSecond: number,
  seconds: number,
): Promise<LatencyResult> {
  const environment = "latency";
  await app.post(connections(environment, USERS, Date.now() - 2_000));
  const postedAt = new Map<string, number>();
  const latencies: number[] = [];
  const socket = io(`${app.url}/live`, { auth: { key: app.key }, transports: ["websocket"] });
  const settle = new Promise<void>((resolve, reject) => {
    socket.on("connect_error", reject);
    socket.on("delta", (message: { patch: unknown }) => {
      const now = performance.now();
      for (const row of journeysPatch.parse(message.patch).upserts) {
        const posted = postedAt.get(row.id);
        if (row.status !== "succeeded" || posted === undefined) continue;
        latencies.push(now - posted);
        postedAt.delete(row.id);
      }
    });
    socket.on("snapshot", () => resolve());
  });
  socket.on("connect", () => socket.emit("subscribe", { room: `journeys@${environment}` }, () => undefined));
  await settle;
  const perTick = eventsPerSecond / EVENTS_PER_JOURNEY / (1_000 / TICK_MS);
  const ticks = Math.round((seconds * 1_000) / TICK_MS);
  const began = performance.now();
  let sent = 0;
  const posts: Promise<void>[] = [];
  for (let tick = 1; tick <= ticks; tick++) {
    const due = Math.floor(tick * perTick);
    const batch = [];
    for (; sent < due; sent++) {
      postedAt.set(`run-${sent}`, performance.now());
      batch.push(...journey(environment, sent, USERS, Date.now() - 140));
    }
    if (batch.length > 0) posts.push(app.post(batch));
    const waitMs = began + tick * TICK_MS - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  await Promise.all(posts);
  const giveUp = performance.now() + 10_000;
  while (postedAt.size > 0 && performance.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 20));
  socket.close();
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
  return { journeys: sent, seen: latencies.length, p50Ms: at(0.5), p99Ms: at(0.99) };
}
