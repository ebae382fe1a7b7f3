/**
 * Deadlines. Absence proves something only after its time has passed, by the sender's clock, while the sender could be
 * heard, and where the stage is observed at all.
 */
import type { Stage } from "../telemetry/event";
import type { Policy, SourceOutage } from "./types";

/** Whether an absence counts: not yet, yes, or it can not be told because telemetry itself was missing. */
export type Due = "pending" | "due" | "undecidable";

export interface Patience {
  nowMs: number;
  /** @param holds whether the journey stays open while this is pending */
  after(trigger: { timeMs: number; clockOffsetMs: number }, waitMs: number, holds?: boolean): Due;
  /** Keeps the journey open until a moment that is decided elsewhere. */
  holdUntil(atMs: number): void;
  /** Something is pending that can still fail the journey. */
  readonly open: boolean;
  /** An absence could not be decided. */
  readonly undecided: boolean;
  /** The next moment at which a pending deadline passes; null if none. */
  readonly nextDeadlineMs: number | null;
}

export function createPatience(nowMs: number, outages: readonly SourceOutage[]): Patience {
  let open = false;
  let undecided = false;
  let nextDeadlineMs: number | null = null;
  const wakeAt = (atMs: number) => {
    nextDeadlineMs = nextDeadlineMs === null ? atMs : Math.min(nextDeadlineMs, atMs);
  };
  return {
    nowMs,
    after(trigger, waitMs, holds = true) {
      const fromMs = trigger.timeMs + trigger.clockOffsetMs;
      let untilMs = fromMs + waitMs;
      let unheard = false;
      for (const outage of outages) {
        if (outage.fromMs >= untilMs || (outage.toMs !== null && outage.toMs <= fromMs)) continue;
        if (outage.kind === "gap" || outage.toMs === null) unheard = true;
        else untilMs += outage.toMs - Math.max(outage.fromMs, fromMs);
      }
      if (nowMs < untilMs) {
        if (holds) open = true;
        wakeAt(untilMs);
        return "pending";
      }
      if (!unheard) return "due";
      if (holds) undecided = true;
      return "undecidable";
    },
    holdUntil(atMs) {
      open = true;
      wakeAt(atMs);
    },
    get open() {
      return open;
    },
    get undecided() {
      return undecided;
    },
    get nextDeadlineMs() {
      return nextDeadlineMs;
    },
  };
}

/** Whether a stage is reported by any of the services that took part; services without a list report all. */
export function observes(services: readonly (string | null)[], stage: Stage, policy: Policy): boolean {
  return (
    services.length === 0 ||
    services.some((service) => {
      const stages = service === null ? undefined : policy.observedStages[service];
      return stages === undefined || stages.includes(stage);
    })
  );
}
