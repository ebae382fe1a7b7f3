/** Judges what hangs together: the journeys of a component and the messages that belong to none. Pure. */
import { joinInForce } from "@/domain/journeys/join-in-force";
import { judgeJourney } from "@/domain/journeys/judge-journey";
import { isOutbound } from "@/domain/journeys/message-kinds";
import { type PolicyTimeline, policyAt } from "@/domain/journeys/policy-timeline";
import type { JourneyGroup, JudgeContext, LeakOccurrence, Verdict } from "@/domain/journeys/types";
import { judgeLooseMessage } from "@/domain/leaks/judge-loose-message";
import { contributionOf, contributionOfLooseMessage } from "@/domain/rollups/contribution";
import { repliesIn } from "@/domain/rollups/count-inbound";
import type { ObservedEvent } from "@/domain/telemetry/event";
import type { JudgedJourney } from "@/server/storage/judging/journeys";
import type { Lookup, OversizedLookup } from "@/server/storage/judging/load-events";
import type { LooseRow } from "@/server/storage/judging/loose-messages";
import type { Subject } from "@/server/storage/judging/marks";
import type { Component } from "./load-components";

export interface JudgedComponent {
  environment: string;
  journeys: JudgedJourney[];
  loose: LooseRow[];
  occurrences: (LeakOccurrence & { environment: string; subject: string })[];
  /** Loose messages that time alone can still change: they have no row with a deadline, so a later mark stands for it. */
  wakes: { subject: Subject; atMs: number }[];
  /** Keys that these events could have had a row under; those not judged here are retired. An agent's event of a run is never loose. */
  keys: string[];
  looseKeys: string[];
}

/** A component, what is known beside its events, and the present. */
export function judgeComponent(
  { environment, subjects, events, oversized }: Component,
  context: JudgeContext,
  timeline: PolicyTimeline,
  nowMs: number,
): JudgedComponent {
  const { groups, loose } = joinInForce(events, context, timeline);
  const judged: JudgedComponent = {
    environment,
    journeys: [],
    loose: [],
    occurrences: [],
    wakes: [],
    keys: [...groups.flatMap(({ group }) => group.keys), ...journeysIn(subjects)],
    looseKeys: [],
  };
  for (const { group, policy } of groups) {
    const verdict = withTotals(judgeJourney(group, context, policy, nowMs), group, oversized);
    const lastEventAtMs = group.events.reduce((last, event) => Math.max(last, event.timeMs), verdict.startedAtMs);
    judged.journeys.push({
      verdict,
      contribution: contributionOf(verdict, group.events, policy),
      lastEventAtMs,
      aliases: group.aliases,
      unclaimed: unclaimedIn(group, verdict),
    });
    for (const found of verdict.occurrences) judged.occurrences.push({ ...found, environment, subject: group.key });
  }
  const replies = repliesIn(loose.length === 0 ? [] : events);
  for (const { message, policy } of loose) {
    const key = looseKey(message[0]);
    if (key === null) continue;
    const { occurrences, nextDeadlineMs } = judgeLooseMessage(message, context, policy, nowMs);
    judged.loose.push({ environment, key, contribution: contributionOfLooseMessage(message, replies, policy) });
    if (nextDeadlineMs !== null)
      judged.wakes.push({ subject: looseSubject(environment, message[0]), atMs: nextDeadlineMs });
    for (const found of occurrences) judged.occurrences.push({ ...found, environment, subject: `loose ${key}` });
  }
  const outside = events.filter(
    (event) => event.runId === null || !isOutbound(event, policyAt(timeline, event.timeMs)),
  );
  judged.looseKeys = [...new Set(outside.flatMap((event) => looseKey(event) ?? []))];
  return judged;
}

/** More events than this are looked for by the ids of their journey, as those of an oversized one. */
const MAX_UNCLAIMED = 2_000;

/** Events that belong to the owner by the journey alone: they claim somebody else or nobody. */
function unclaimedIn({ events }: JourneyGroup, { owner, oversized }: Verdict): JudgedJourney["unclaimed"] {
  if (owner === null || oversized) return null;
  const unclaimed = events.filter(({ userId }) => userId !== owner);
  return unclaimed.length > MAX_UNCLAIMED ? null : unclaimed;
}

/** A journey that was marked by its own key may be none any more: its first message is no request by the policy of now. */
function journeysIn(subjects: readonly Subject[]): string[] {
  return subjects.flatMap(({ kind, key }) => (kind === "journey" ? [key] : []));
}

/** Of a run with too many events only a part was read: the count is the database's, and the verdict says so. */
function withTotals(verdict: Verdict, group: JourneyGroup, oversized: readonly OversizedLookup[]): Verdict {
  const unread = (ways: Lookup["by"][]) =>
    oversized
      .filter(
        ({ by, id }) =>
          ways.includes(by) && group.events.some((event) => (by === "run" ? event.runId : event.messageId) === id),
      )
      .map(({ total, read }) => total - read);
  // What replies to a request is mostly what its run holds: the same events are not counted twice.
  const ofRuns = unread(["run"]).reduce((sum, count) => sum + count, 0);
  const hidden = Math.max(ofRuns, ...unread(["message", "reply", "stray", "outbound"]), 0);
  return hidden === 0 ? verdict : { ...verdict, eventCount: verdict.eventCount + hidden, oversized: true };
}

function looseSubject(environment: string, event: ObservedEvent | undefined): Subject {
  const messageId = event?.messageId ?? null;
  return messageId === null
    ? { kind: "event", environment, key: event?.id ?? "" }
    : { kind: "message", environment, key: messageId };
}

/** A message without journey is found by its id; without one every event stands for itself. */
function looseKey(event: ObservedEvent | undefined): string | null {
  if (!event) return null;
  return event.messageId === null ? `e:${event.id}` : `m:${event.messageId}`;
}
