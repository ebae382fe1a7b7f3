/** Which counters are summed for which question. Pure. */
import { BUDGET_MS, BURN_WINDOWS } from "./burn-rate";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Longer windows are read by the hour: they are then up to an hour longer than they say. */
const MINUTES_UP_TO_MS = 6 * HOUR_MS;

export const DELIVERY_MS = 30 * MINUTE_MS;
export const TRAFFIC_MS = 15 * MINUTE_MS;
/** Traffic is compared with the same time of day so long ago. */
export const EARLIER_MS = [DAY_MS, 7 * DAY_MS] as const;

export interface Window {
  name: string;
  grain: "minute" | "hour";
  fromMs: number;
  toMs: number;
}

/** Name of the window of this length that ends now. */
export const lastName = (lengthMs: number): string => `last ${lengthMs}`;
/** Name of the traffic's window so long ago. */
export const earlierName = (agoMs: number): string => `traffic ${agoMs} ago`;

/** The current minute counts, and nothing that lies ahead of it. */
function lastWindow(lengthMs: number, nowMs: number): Window {
  const grain = lengthMs > MINUTES_UP_TO_MS ? "hour" : "minute";
  const grainMs = grain === "hour" ? HOUR_MS : MINUTE_MS;
  const fromMs = Math.floor((nowMs - lengthMs) / grainMs) * grainMs;
  return { name: lastName(lengthMs), grain, fromMs, toMs: Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS };
}

/** What rules need at every look. */
export function ruleWindows(nowMs: number): Window[] {
  const lengths = new Set([...BURN_WINDOWS.flatMap(({ longMs, shortMs }) => [longMs, shortMs]), DELIVERY_MS]);
  // Whole minutes: one that has just begun would look like a drop.
  const toMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const traffic = [0, ...EARLIER_MS].map((agoMs): Window => {
    const endMs = toMs - agoMs;
    return { name: earlierName(agoMs), grain: "minute", fromMs: endMs - TRAFFIC_MS, toMs: endMs };
  });
  return [...[...lengths].map((length) => lastWindow(length, nowMs)), ...traffic];
}

/** What burn rates need, to be looked at. */
export function burnWindows(nowMs: number): Window[] {
  return [...new Set(BURN_WINDOWS.flatMap(({ longMs, shortMs }) => [longMs, shortMs]))].map((length) =>
    lastWindow(length, nowMs),
  );
}

export function budgetWindow(nowMs: number): Window {
  return lastWindow(BUDGET_MS, nowMs);
}
