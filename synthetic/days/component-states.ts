/** Circuit breakers that open and close again, and a queue that degrades with the faulty release for good. */
import type { Prng } from "../prng";
import type { SyntheticEvent } from "../types";
import { FAULTY, SERVICES, type Service, versionAt } from "./fleet";
import type { DaysOptions, DaysPlan } from "./types";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const EPISODES_A_DAY = 1.5;

/** All of them, in order of time. */
export function componentStates(prng: Prng, options: DaysOptions, plan: DaysPlan): SyntheticEvent[] {
  const spanMs = plan.endMs - plan.startMs;
  const events: SyntheticEvent[] = [];
  const tell = (service: Service, atMs: number, component: string, state: string) => {
    if (atMs >= plan.endMs) return;
    events.push({
      id: `${options.seed}-state-${events.length + 1}`,
      time: new Date(atMs).toISOString(),
      environment: options.environment,
      stage: "state",
      service: service.name,
      instance: service.instances[0] ?? service.name,
      version: versionAt(service, (atMs - plan.startMs) / spanMs),
      router: service.router,
      attributes: { component, state },
    });
  };
  for (const service of SERVICES) {
    const episodes = Math.round((spanMs / DAY_MS) * EPISODES_A_DAY);
    for (let episode = 0; episode < episodes; episode++) {
      let atMs = plan.startMs + Math.floor(prng.next() * spanMs);
      tell(service, atMs, "llm_circuit_breaker", "open");
      atMs += prng.int(2, 12) * MINUTE_MS;
      tell(service, atMs, "llm_circuit_breaker", "half_open");
      tell(service, atMs + prng.int(5, 40) * 1_000, "llm_circuit_breaker", "closed");
    }
    if (service.name === FAULTY.service) {
      tell(service, plan.onset.atMs + 2 * MINUTE_MS, "delivery_queue", "degraded");
    }
  }
  return events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
