/** Judges what hangs together: the journeys of a component and the messages that belong to none. Pure. */
import { joinJourneys } from "@/domain/journeys/join-journeys";
import { judgeJourney } from "@/domain/journeys/judge-journey";
import { judgeLooseMessage } from "@/domain/journeys/judge-loose-message";
import { isOutbound } from "@/domain/journeys/message-kinds";
import type { JudgeContext, LeakOccurrence, Policy } from "@/domain/journeys/types";
import { contributionOf, contributionOfLooseMessage } from "@/domain/rollups/contribution";
import type { ObservedEvent } from "@/domain/telemetry/event";
import type { JudgedJourney } from "@/server/storage/judging/journeys";
import type { LooseRow } from "@/server/storage/judging/loose-messages";

export interface JudgedComponent {
  environment: string;
  journeys: JudgedJourney[];
  loose: LooseRow[];
  occurrences: (LeakOccurrence & { environment: string; subject: string })[];
  /** Keys that these events could have had a row under; those not judged here are retired. An agent's event of a run is never loose. */
  keys: string[];
  looseKeys: string[];
}

/** Events of a component (one environment), what is known beside them, and the present. */
export function judgeComponent(
  environment: string,
  events: readonly ObservedEvent[],
  context: JudgeContext,
  policy: Policy,
  nowMs: number,
): JudgedComponent {
  const { groups, loose } = joinJourneys(events, context, policy);
  const judged: JudgedComponent = {
    environment,
    journeys: [],
    loose: [],
    occurrences: [],
    keys: groups.flatMap((group) => group.keys),
    looseKeys: [],
  };
  for (const group of groups) {
    const verdict = judgeJourney(group, context, policy, nowMs);
    const lastEventAtMs = group.events.reduce((last, event) => Math.max(last, event.timeMs), verdict.startedAtMs);
    judged.journeys.push({
      verdict,
      contribution: contributionOf(verdict, group.events),
      lastEventAtMs,
      aliases: group.aliases,
    });
    for (const found of verdict.occurrences) judged.occurrences.push({ ...found, environment, subject: group.key });
  }
  for (const message of loose) {
    const key = looseKey(message[0]);
    if (key === null) continue;
    const { occurrences, nextDeadlineMs } = judgeLooseMessage(message, context, policy, nowMs);
    judged.loose.push({ environment, key, contribution: contributionOfLooseMessage(message), nextDeadlineMs });
    for (const found of occurrences) judged.occurrences.push({ ...found, environment, subject: `loose ${key}` });
  }
  const outside = events.filter((event) => event.runId === null || !isOutbound(event, policy));
  judged.looseKeys = [...new Set(outside.flatMap((event) => looseKey(event) ?? []))];
  return judged;
}

/** A message without journey is found by its id; without one every event stands for itself. */
function looseKey(event: ObservedEvent | undefined): string | null {
  if (!event) return null;
  return event.messageId === null ? `e:${event.id}` : `m:${event.messageId}`;
}
