/** The stretches of time that a campaign's traffic is measured in. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Below an hour a window divides it, so that windows and hours begin together. */
const BELOW_AN_HOUR = [5, 10, 15, 20, 30];
const LONGEST_WINDOW_MINUTES = 7 * 1_440;
const MAX_WINDOWS = 1_000;
/** Counters of minutes are kept for 14 days. */
const LONGEST_HOLD_BY_MINUTES = 13 * 1_440;
/** Longer windows are read from hours: minutes of a whole day are too many rows. */
const MINUTES_UP_TO_MS = 12 * HOUR_MS;
/** So many windows, or so many days, are looked at however short the time is that everything must hold. */
const LEAST_WINDOWS = 30;
const LEAST_DAYS_MS = 30 * DAY_MS;

export interface CampaignTime {
  /** Length of a window. */
  windowMinutes: number;
  /** How long every criterion must hold. */
  holdMinutes: number;
}

/** What is wrong with a window; null = nothing. */
export function windowFault(minutes: number): string | null {
  const whole = minutes >= 60 && minutes % 60 === 0 && minutes <= LONGEST_WINDOW_MINUTES;
  return whole || BELOW_AN_HOUR.includes(minutes)
    ? null
    : "must be 5, 10, 15, 20 or 30 minutes, or whole hours up to 7 days";
}

/** What is wrong with the time that everything must hold; null = nothing. */
export function holdFault({ windowMinutes, holdMinutes }: CampaignTime): string | null {
  if (holdMinutes > windowMinutes * MAX_WINDOWS) return `must be at most ${MAX_WINDOWS} windows of traffic`;
  return windowMinutes < 60 && holdMinutes > LONGEST_HOLD_BY_MINUTES
    ? "must be at most 13 days where the window of traffic is shorter than an hour"
    : null;
}

export interface TrafficStretch {
  /** Inclusive, on the grain. */
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  grain: "minute" | "hour";
  /** Length of what is added up: a window, or a step of one. */
  windowMs: number;
}

export interface CampaignWindows {
  /** Windows one after the other, at multiples of their length since the epoch. */
  past: TrafficStretch;
  /** The window that ends now. It begins on its grain, so it may be up to that much longer. */
  now: TrafficStretch;
}

export function campaignWindows({ windowMinutes, holdMinutes }: CampaignTime, asOfMs: number): CampaignWindows {
  const { windowMs, grain, grainMs } = grainOf(windowMinutes);
  const toMs = Math.floor(asOfMs / windowMs) * windowMs;
  const held = Math.ceil((holdMinutes * MINUTE_MS) / windowMs) + 1;
  const least = Math.min(LEAST_WINDOWS, Math.floor(LEAST_DAYS_MS / windowMs));
  const fromMs = toMs - Math.min(MAX_WINDOWS + 1, Math.max(held, least)) * windowMs;
  const nowFromMs = Math.floor((asOfMs - windowMs) / grainMs) * grainMs;
  return {
    past: { fromMs, toMs, grain: windowMs < HOUR_MS ? "minute" : "hour", windowMs },
    now: { fromMs: nowFromMs, toMs: asOfMs, grain, windowMs: asOfMs - nowFromMs },
  };
}

/** So many windows at least begin within one another's length where something turned. */
const STEPS = 12;

/**
 * Steps whose sums are the windows that end between two others, the first of which ends on a boundary. Null where
 * counters so fine are kept no more.
 */
export function stepsBetween(
  { windowMinutes }: Pick<CampaignTime, "windowMinutes">,
  { afterMs, beforeMs }: { afterMs: number; beforeMs: number },
  asOfMs: number,
): TrafficStretch | null {
  const { windowMs, grain, grainMs } = grainOf(windowMinutes);
  const stepMs = stepOf(windowMs, grainMs);
  const fromMs = afterMs + stepMs - windowMs;
  const toMs = Math.floor(beforeMs / stepMs) * stepMs;
  if (grain === "minute" && asOfMs - fromMs > LONGEST_HOLD_BY_MINUTES * MINUTE_MS) return null;
  return { fromMs, toMs, grain, windowMs: stepMs };
}

function grainOf(windowMinutes: number) {
  const windowMs = windowMinutes * MINUTE_MS;
  const grain = windowMs <= MINUTES_UP_TO_MS ? ("minute" as const) : ("hour" as const);
  return { windowMs, grain, grainMs: grain === "minute" ? MINUTE_MS : HOUR_MS };
}

/** The longest step on the grain of which a whole number, {@link STEPS} at least, makes a window; else the grain. */
function stepOf(windowMs: number, grainMs: number): number {
  const whole = (count: number) => windowMs % count === 0 && (windowMs / count) % grainMs === 0;
  for (let count = STEPS; count * grainMs <= windowMs; count += 1) if (whole(count)) return windowMs / count;
  return grainMs;
}
