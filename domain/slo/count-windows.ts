/** Which counters are summed for which question. Pure. */
import { BUDGET_MS, BURN_WINDOWS } from "./burn-rate";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Longer windows begin with an hour: they are then up to an hour longer than they say. */
const EXACT_UP_TO_MS = 6 * HOUR_MS;

export const DELIVERY_MS = 30 * MINUTE_MS;
export const TRAFFIC_MS = 15 * MINUTE_MS;
const CONFLICTS_MS = 30 * MINUTE_MS;
/** Traffic is compared with the same time of day so long ago. */
export const EARLIER_MS = [DAY_MS, 7 * DAY_MS] as const;

/** From one time until just before another, in ms since the epoch. */
export interface Window {
  name: string;
  fromMs: number;
  toMs: number;
}

/** Rows of one grain. Those of one name are added up. */
export interface Stretch extends Window {
  grain: "minute" | "hour";
}

/** Name of the window of this length that ends now. */
export const lastName = (lengthMs: number): string => `last ${lengthMs}`;
/** Name of the traffic's window so long ago. */
export const earlierName = (agoMs: number): string => `traffic ${agoMs} ago`;

const floor = (ms: number, grainMs: number) => Math.floor(ms / grainMs) * grainMs;

/** Whole hours as one row each, the ends by minutes. Both times are whole minutes. */
export function stretchesOf(name: string, fromMs: number, toMs: number): Stretch[] {
  const firstHourMs = Math.min(toMs, floor(fromMs + HOUR_MS - 1, HOUR_MS));
  const lastHourMs = Math.max(firstHourMs, floor(toMs, HOUR_MS));
  const stretches: Stretch[] = [
    { name, grain: "minute", fromMs, toMs: firstHourMs },
    { name, grain: "hour", fromMs: firstHourMs, toMs: lastHourMs },
    { name, grain: "minute", fromMs: lastHourMs, toMs },
  ];
  return stretches.filter((stretch) => stretch.fromMs < stretch.toMs);
}

/** The current minute counts, and nothing that lies ahead of it. */
function lastWindow(lengthMs: number, nowMs: number): Stretch[] {
  const grainMs = lengthMs > EXACT_UP_TO_MS ? HOUR_MS : MINUTE_MS;
  return stretchesOf(lastName(lengthMs), floor(nowMs - lengthMs, grainMs), floor(nowMs, MINUTE_MS) + MINUTE_MS);
}

/** Where the traffic's window so long ago begins. Whole minutes: one that has just begun would look like a drop. */
export function trafficFromMs(agoMs: number, nowMs: number): number {
  return floor(nowMs, MINUTE_MS) - agoMs - TRAFFIC_MS;
}

/** Conflicts are compared with those of the day before. Whole minutes, the current one among them. */
export function conflictWindows(nowMs: number): [now: Window, before: Window] {
  const toMs = floor(nowMs, MINUTE_MS) + MINUTE_MS;
  const fromMs = toMs - CONFLICTS_MS;
  return [
    { name: "conflicts now", fromMs, toMs },
    { name: "conflicts before", fromMs: fromMs - DAY_MS, toMs: fromMs },
  ];
}

/** What rules need at every look. */
export function ruleWindows(nowMs: number): Stretch[] {
  const traffic = [0, ...EARLIER_MS].flatMap((agoMs) => {
    const fromMs = trafficFromMs(agoMs, nowMs);
    return stretchesOf(earlierName(agoMs), fromMs, fromMs + TRAFFIC_MS);
  });
  const conflicts = conflictWindows(nowMs).flatMap(({ name, fromMs, toMs }) => stretchesOf(name, fromMs, toMs));
  return [...windowsOf(new Set([...BURN_LENGTHS, DELIVERY_MS]), nowMs), ...traffic, ...conflicts];
}

const BURN_LENGTHS = BURN_WINDOWS.flatMap(({ longMs, shortMs }) => [longMs, shortMs]);

function windowsOf(lengths: ReadonlySet<number>, nowMs: number): Stretch[] {
  return [...lengths].flatMap((length) => lastWindow(length, nowMs));
}

/** What burn rates need, to be looked at. */
export function burnWindows(nowMs: number): Stretch[] {
  return windowsOf(new Set(BURN_LENGTHS), nowMs);
}

/** What budgets need. */
export function budgetWindow(nowMs: number): Stretch[] {
  return lastWindow(BUDGET_MS, nowMs);
}
