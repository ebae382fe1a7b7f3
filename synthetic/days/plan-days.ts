import { FAULTY, SERVICES } from "./fleet";
import type { DaysOptions, DaysPlan } from "./types";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const EVENTS_A_USER = 2_500;
const BUSY_EVENTS = 100_000;
const LEAK_AT = 0.93;

/** @throws RangeError for what cannot be played */
export function planDays({ seed, events, days, endMs }: DaysOptions): DaysPlan {
  if (!(events >= 1_000)) throw new RangeError("events must be 1,000 or more");
  if (!(days >= 1)) throw new RangeError("days must be 1 or more");
  const end = Math.floor(endMs / MINUTE_MS) * MINUTE_MS;
  const startMs = end - Math.round(days * DAY_MS);
  const at = (share: number) => Math.round(startMs + (end - startMs) * share);
  const faulty = SERVICES.find((service) => service.name === FAULTY.service);
  const release = faulty?.releases.find(({ version }) => version === FAULTY.version);
  if (!faulty || !release) throw new Error("the faulty release belongs to no service");
  return {
    startMs,
    endMs: end,
    users: Math.min(20_000, Math.max(12, Math.round(events / EVENTS_A_USER))),
    busyUser: { id: userId(seed, 0), events: Math.min(BUSY_EVENTS, Math.floor(events / 10)) },
    onset: { atMs: at(release.since), service: faulty.name, router: faulty.router, version: release.version },
    leakAtMs: at(LEAK_AT),
  };
}

export function userId(seed: number, number: number): string {
  return `user-${seed}-${String(number).padStart(4, "0")}`;
}
