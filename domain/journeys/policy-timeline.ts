/**
 * Which policy counts when. A version is in force from its time on, until a later version's. A journey is judged by the
 * version that was in force when it began, however late it is judged and however often.
 */
import type { Policy } from "./types";

export interface PolicyVersion {
  policy: Policy;
  /** The first version of a timeline reaches back without end. */
  fromMs: number;
}

/** Versions in the order in which they came into force. */
export type PolicyTimeline = readonly [PolicyVersion, ...PolicyVersion[]];

/** One policy for all times. */
export function always(policy: Policy): PolicyTimeline {
  return [{ policy, fromMs: Number.NEGATIVE_INFINITY }];
}

/** The timeline after a newer version was saved: from the version's time on nothing older counts. */
export function succeededBy([first, ...others]: PolicyTimeline, next: PolicyVersion): PolicyTimeline {
  return [first, ...others.filter(({ fromMs }) => fromMs < next.fromMs), next];
}

export function policyAt(timeline: PolicyTimeline, atMs: number): Policy {
  return (timeline.findLast(({ fromMs }) => fromMs <= atMs) ?? timeline[0]).policy;
}

/** The part of a timeline that counts at some moment between the two, both included. */
export function timelineBetween(timeline: PolicyTimeline, fromMs: number, toMs: number): PolicyTimeline {
  if (timeline.length === 1) return timeline;
  const later = timeline.filter((version) => version.fromMs > fromMs && version.fromMs <= toMs);
  return [{ policy: policyAt(timeline, fromMs), fromMs: Number.NEGATIVE_INFINITY }, ...later];
}

/** Earliest and latest time of events, in ms; null without events. */
export function spanOf(events: readonly { timeMs: number }[]): { fromMs: number; toMs: number } | null {
  if (events.length === 0) return null;
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const { timeMs } of events) {
    if (timeMs < fromMs) fromMs = timeMs;
    if (timeMs > toMs) toMs = timeMs;
  }
  return { fromMs, toMs };
}
