/** From the POST of a leak to its incident in a real /live client, while other telemetry comes in. */
import { setTimeout as wait } from "node:timers/promises";
import { io } from "socket.io-client";
import { incidentList } from "@/contracts/http";
import type { BenchApp } from "../app";
import { connections, EVENTS_PER_JOURNEY, journey } from "../traffic";
import { leakOf, leakyRouter, USERS } from "./traffic";

const ENVIRONMENT = "incidents";
const TICK_MS = 100;
const LEAK_EVERY_TICKS = 5;
const GIVE_UP_MS = 10_000;

export interface IncidentLatency {
  leaks: number;
  seen: number;
  p50Ms: number;
  maxMs: number;
}

/** Each leak is by a router of its own, and so an incident of its own. */
export async function benchIncidentLatency(
  app: BenchApp,
  eventsPerSecond: number,
  seconds: number,
): Promise<IncidentLatency> {
  await app.post(connections(ENVIRONMENT, USERS, Date.now() - 2_000));
  const postedAt = new Map<string, number>();
  const latencies: number[] = [];
  const socket = io(`${app.url}/live`, { auth: { key: app.key }, transports: ["websocket"] });
  const hear = (data: unknown) => {
    for (const { router } of incidentList.parse(data).items) {
      const posted = postedAt.get(router ?? "");
      if (posted === undefined) continue;
      latencies.push(performance.now() - posted);
      postedAt.delete(router ?? "");
    }
  };
  const subscribed = new Promise<void>((resolve, reject) => {
    socket.on("connect_error", reject);
    socket.on("snapshot", () => resolve());
  });
  socket.on("delta", ({ patch }: { patch: unknown }) => hear(patch));
  socket.on("connect", () => socket.emit("subscribe", { room: `incidents@${ENVIRONMENT}` }, () => undefined));
  await subscribed;

  const perTick = Math.ceil(eventsPerSecond / EVENTS_PER_JOURNEY / (1_000 / TICK_MS));
  const ticks = Math.round((seconds * 1_000) / TICK_MS);
  const began = performance.now();
  const posts: Promise<void>[] = [];
  for (let tick = 0, n = 0; tick < ticks; tick++) {
    const batch = Array.from({ length: perTick }, () => journey(ENVIRONMENT, n++, USERS, Date.now() - 140));
    if (tick % LEAK_EVERY_TICKS === 0) {
      const leak = leakOf(batch[0] ?? [], n - perTick, tick);
      postedAt.set(leakyRouter(tick), performance.now());
      batch.push(leak);
    }
    posts.push(app.post(batch.flat()));
    await wait(Math.max(0, began + (tick + 1) * TICK_MS - performance.now()));
  }
  await Promise.all(posts);
  const giveUp = performance.now() + GIVE_UP_MS;
  while (postedAt.size > 0 && performance.now() < giveUp) await wait(20);
  socket.close();
  latencies.sort((a, b) => a - b);
  return {
    leaks: latencies.length + postedAt.size,
    seen: latencies.length,
    p50Ms: latencies[Math.floor(latencies.length / 2)] ?? Number.NaN,
    maxMs: latencies.at(-1) ?? Number.NaN,
  };
}
