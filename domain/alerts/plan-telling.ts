/**
 * What is told of one group of alerts (those of one rule in one environment), and when. The first that begins and each
 * that ends is told at once; what begins beside others as grave that were just told waits half a minute, so that a storm is a few
 * messages; what goes on firing is told again four hours after it was. A silenced alert is not told, but an end is told to
 * whoever heard of its beginning.
 */

export interface TellableAlert {
  phase: "pending" | "firing" | "resolved";
  silenced: boolean;
  /** Somebody has taken it on: it is not told again while it goes on. */
  quiet: boolean;
  /** What was told of it last. */
  told: "nothing" | "firing" | "resolved";
  /** When it was news. */
  toldAtMs: number | null;
  /** 0 is the gravest. */
  gravity: number;
  /** null while it is pending. */
  firingSinceMs: number | null;
}

export const REPEAT_MS = 4 * 3_600_000;
/** What begins beside others is told no sooner after them. */
export const GROUP_MS = 30_000;
const MINUTE_MS = 60_000;

export interface Telling<T> {
  status: "firing" | "resolved";
  alerts: T[];
  /** So many of them, the first, are why they are told; the rest goes along, and is news to nobody. */
  news: number;
}

/**
 * Alerts to tell now as one message; null = nothing. `status` is firing as long as one of them is. News come first,
 * because whoever shows only some shows the first: what began, the gravest first, what ended, then the rest from the newest on.
 *
 * @param atOnce while no more than so many began to fire within a minute, none of them waits
 */
export function planTelling<T extends TellableAlert>(
  group: readonly T[],
  nowMs: number,
  atOnce = 0,
): Telling<T> | null {
  const firing = group.filter(({ phase, silenced }) => phase === "firing" && !silenced);
  const ended = group.filter(({ phase, told }) => phase === "resolved" && told === "firing");
  const again = isDueAgain(firing, nowMs);
  if (!hasBegun(firing, nowMs, atOnce) && ended.length === 0 && !again) return null;
  const goesOn = [...firing, ...group.filter(firesSilenced)];
  const newest = goesOn.toSorted((a, b) => (b.firingSinceMs ?? 0) - (a.firingSinceMs ?? 0));
  const begun = newest.filter(isNew).toSorted((a, b) => a.gravity - b.gravity);
  const rest = newest.filter((alert) => !isNew(alert));
  const alerts = [...begun, ...ended, ...rest];
  const news = again ? alerts.length : begun.length + ended.length;
  return { status: goesOn.length > 0 ? "firing" : "resolved", alerts, news };
}

/** Goes along with what is told of its group: who takes for over what is not named was told that it fires. */
const firesSilenced = ({ phase, silenced, told }: TellableAlert) => phase === "firing" && silenced && told === "firing";

const isNew = ({ told }: TellableAlert): boolean => told === "nothing";

/** Waits for nothing that is less grave: a channel may not have been told of that. */
function hasBegun(firing: readonly TellableAlert[], nowMs: number, atOnce: number): boolean {
  const begun = firing.filter(isNew);
  const young = firing.filter(({ firingSinceMs }) => nowMs - (firingSinceMs ?? nowMs) < MINUTE_MS);
  if (atOnce > 0 && young.length <= atOnce) return begun.length > 0;
  const gravest = Math.min(...begun.map(({ gravity }) => gravity));
  const toldAtMs = firing.flatMap((alert) => (alert.gravity <= gravest ? (alert.toldAtMs ?? []) : []));
  // What was told later than now, by a clock ahead, was not told just now.
  return begun.length > 0 && Math.abs(nowMs - Math.max(...toldAtMs)) >= GROUP_MS;
}

function isDueAgain(firing: readonly TellableAlert[], nowMs: number): boolean {
  return firing.some(({ quiet, toldAtMs }) => !quiet && nowMs - (toldAtMs ?? nowMs) >= REPEAT_MS);
}
