/**
 * The verdict on one journey: a pure function of the set of its events, what is known of the connections, the policy
 * and the time. The same set in any order, with any repetitions, gives the same verdict.
 */
import { distinct } from "../collections/group-by";
import { journeyLeaks } from "../leaks/journey-leaks";
import { scopeOf } from "../leaks/scope";
import { breakOf } from "./broken-at";
import { deliveriesOf } from "./deliveries";
import { type Facts, gatherFacts } from "./facts";
import { connectionLost, deliveryCauses, duplicateDelivery } from "./findings/delivery";
import { finding } from "./findings/finding";
import { agentNotStarted, handlerFailed, notRouted, requestDropped, routerConflict } from "./findings/intake";
import { clockSkew, outOfOrder } from "./findings/order";
import {
  duplicateRun,
  eventAfterEnd,
  incompleteEnd,
  noProgress,
  slowResponse,
  stalled,
  toolFailed,
} from "./findings/run";
import { stepOf } from "./message-kinds";
import { notesOf } from "./notes";
import { decideStatus } from "./status";
import { stepsOf } from "./steps";
import { traitsOf } from "./traits";
import {
  FINDING_CODES,
  type Finding,
  type JourneyGroup,
  type JudgeContext,
  type LeakOccurrence,
  type Policy,
  type Verdict,
} from "./types";

/** Above this many events a journey is judged from counts and marked. */
export const OVERSIZED_EVENTS = 20_000;

const RULES: readonly ((facts: Facts) => Finding[])[] = [
  notRouted,
  requestDropped,
  agentNotStarted,
  handlerFailed,
  stalled,
  incompleteEnd,
  toolFailed,
  deliveryCauses,
  connectionLost,
  duplicateRun,
  duplicateDelivery,
  outOfOrder,
  eventAfterEnd,
  routerConflict,
  slowResponse,
  noProgress,
  clockSkew,
];

/** @param nowMs Signalbox's own clock; event times are compared with it after the sender's clock offset */
export function judgeJourney(group: JourneyGroup, context: JudgeContext, policy: Policy, nowMs: number): Verdict {
  const facts = gatherFacts(group, context, policy, nowMs);
  const { departure, patience } = facts;
  if (departure && !departure.decided) patience.holdUntil(departure.atMs + policy.reconnectMs);
  const occurrences = journeyLeaks(facts);
  const raised = [...RULES.flatMap((rule) => rule(facts)), ...leakFindings(occurrences)];
  const { status, findings } = decideStatus(facts, raised.sort(byDue));
  const broken = status === "failed" ? breakOf(facts, findings) : null;
  const first = facts.events[0];
  const request = facts.lastTurn.request?.received[0];
  return {
    key: group.key,
    id: group.id,
    environment: first?.environment ?? "",
    status,
    owner: facts.owner.user,
    claimedOwner: facts.owner.claimed,
    startedAtMs: facts.requests[0]?.atMs ?? first?.timeMs ?? 0,
    endedAtMs: facts.endedAtMs,
    durationMs: request && facts.deliveredAtMs !== null ? Math.max(0, facts.deliveredAtMs - request.timeMs) : null,
    policyVersion: policy.version,
    brokenAt: broken?.brokenAt ?? null,
    brokenBy: broken?.brokenBy ?? null,
    steps: stepsOf(facts, findings, status),
    findings,
    routers: distinct(facts.events.map((event) => event.router)).sort(),
    versions: distinct(facts.events.map((event) => event.version)).sort(),
    instances: distinct(facts.events.map((event) => event.instance)).sort(),
    services: distinct(facts.events.map((event) => event.service)).sort(),
    traits: traitsOf(facts),
    threadIds: distinct(facts.events.map((event) => event.threadId)).sort(),
    threadScoped: threadScopedOf(facts),
    deliveries: deliveriesOf(facts, findings),
    linked: group.aliases,
    occurrences,
    notes: notesOf(facts),
    eventCount: facts.events.length,
    oversized: facts.events.length > OVERSIZED_EVENTS,
    nextDeadlineMs: patience.nextDeadlineMs,
  };
}

function byDue(a: Finding, b: Finding): number {
  return (
    a.dueMs - b.dueMs ||
    FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code) ||
    ((a.eventIds[0] ?? "") < (b.eventIds[0] ?? "") ? -1 : 1)
  );
}

/** A message that reached another user fails its journey; the other rules make incidents only. */
function leakFindings(occurrences: readonly LeakOccurrence[]): Finding[] {
  const wrong = occurrences.filter(({ rule }) => rule === "wrong_recipient");
  return wrong.map((occurrence) => ({
    ...finding({
      code: "wrong_recipient",
      severity: "critical",
      fails: true,
      step: stepOf(occurrence.messageType),
      hop: "sent",
      router: occurrence.router,
      dueMs: occurrence.occurredAtMs,
      evidence: [],
    }),
    messageId: occurrence.messageId,
    messageType: occurrence.messageType,
    eventIds: occurrence.eventIds,
  }));
}

/** Threads whose participants decide whether a delivery was a leak. */
function threadScopedOf(facts: Facts): string[] {
  const threads = facts.messages.flatMap((message) =>
    scopeOf(message) === "thread" && message.threadId !== null ? [message.threadId] : [],
  );
  return distinct(threads).sort();
}
