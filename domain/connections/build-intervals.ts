/** What was observed of one connection id → its lives. */
import { groupBy } from "../collections/group-by";
import type { ConnectionEvent } from "../telemetry/event";
import { inOrder } from "../telemetry/order";
import { OPEN_GRACE_MS } from "./connection-index";
import type { ConnectionInterval } from "./interval";
import { LifeLine } from "./life-line";

/**
 * The intervals of one connection id (one environment, one instance), oldest first. The same observations in any
 * order, with any repetitions, give the same intervals. `ackTimesMs` are the times of `acked` events on this id.
 */
export function buildIntervals(
  events: readonly ConnectionEvent[],
  ackTimesMs: readonly number[] = [],
): ConnectionInterval[] {
  const lifeLine = new LifeLine();
  const moments = groupBy(inOrder(events), (event) => Math.floor(event.timeMs));
  for (const moment of moments.values()) applyMoment(lifeLine, moment);
  const lives = lifeLine.intervals();
  return lives.map((life, n) => ({ ...life, n, acks: hasAck(lives, n, ackTimesMs) }));
}

/**
 * Within one millisecond a close ends the connection that was open before, then the new one opens and is
 * authenticated. Without an older connection the close ends the one that opened in that millisecond.
 */
function applyMoment(lifeLine: LifeLine, moment: readonly ConnectionEvent[]): void {
  const opens = moment.filter((event) => event.stage === "connection_opened" && event.outcome === "ok");
  const closes = moment.filter((event) => event.stage === "connection_closed");
  const logins = moment.filter((event) => event.stage === "connection_authenticated" && event.outcome === "ok");
  const fresh = opens.filter((event) => !event.snapshot);
  const announced = opens.find((event) => event.snapshot);

  if (fresh.length === 0 && announced) lifeLine.announce(announced);
  const replaced = fresh.length > 0 && lifeLine.isOpen && !lifeLine.awaitsOpen;
  const [first, ...later] = closes;
  if (first && (replaced || (fresh.length === 0 && lifeLine.belongsToAnother(logins)))) {
    lifeLine.close(first);
    open(lifeLine, fresh, logins);
    for (const close of later) if (fresh.length > 0) lifeLine.close(close);
    return;
  }
  open(lifeLine, fresh, logins);
  for (const close of closes) lifeLine.close(close);
}

/** Several opens in one millisecond are one open, told several times. */
function open(lifeLine: LifeLine, opens: readonly ConnectionEvent[], logins: readonly ConnectionEvent[]): void {
  if (opens[0]) lifeLine.open(opens[0]);
  for (const login of logins) lifeLine.authenticate(login);
}

/** An ack belongs to the life it falls into; what comes up to a second before it opened only while no older one was open. */
function hasAck(
  lives: readonly Omit<ConnectionInterval, "n" | "acks">[],
  n: number,
  ackTimesMs: readonly number[],
): boolean {
  const fromMs = lives[n]?.openedAtMs ?? Number.NEGATIVE_INFINITY;
  const toMs = lives[n]?.closedAtMs ?? Number.POSITIVE_INFINITY;
  const olderUntilMs = lives[n - 1]?.closedAtMs ?? Number.NEGATIVE_INFINITY;
  const nextFromMs = lives[n + 1]?.openedAtMs ?? Number.POSITIVE_INFINITY;
  const isAfterOpening = (ms: number) => ms >= fromMs || (ms >= fromMs - OPEN_GRACE_MS && ms > olderUntilMs);
  return ackTimesMs.some((ms) => isAfterOpening(ms) && ms <= toMs && ms < nextFromMs);
}
