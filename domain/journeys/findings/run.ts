/** What can go wrong with the run itself: it falls silent, ends incomplete, runs twice or answers slowly. */

import { groupBy } from "../../collections/group-by";
import type { ObservedEvent } from "../../telemetry/event";
import { CRITICAL_TYPES } from "../../telemetry/event";
import { endOf, type Facts } from "../facts";
import { stepOf } from "../message-kinds";
import type { Message } from "../messages";
import type { Finding } from "../types";
import { finding, lastRouter, messageFinding } from "./finding";

const STANDARD_TYPES = ["agent_started", "agent_completed"] as const;

/** Last sign of life of the run: something emitted or handed over. */
function lastSign(facts: Facts): ObservedEvent | null {
  let last: ObservedEvent | null = null;
  for (const message of facts.messages) {
    for (const event of [message.emission.event, ...message.sends]) {
      if (last === null || event.timeMs > last.timeMs) last = event;
    }
  }
  return last;
}

export function stalled(facts: Facts): Finding[] {
  const { lastTurn, policy, tools } = facts;
  // An end that failed is told by its own finding; a turn in which nothing was emitted never started.
  if (lastTurn.end || facts.messages.length === 0 || !facts.observes("emitted")) return [];
  if (lastTurn.request && lastTurn.messages.length === 0 && facts.observes("routed")) return [];
  const sign = lastSign(facts);
  if (!sign) return [];
  const runningTool = tools.open.at(-1) ?? null;
  const waitMs = runningTool ? policy.toolMs : policy.gapMs;
  if (facts.patience.after(sign, waitMs) !== "due") return [];
  return [
    finding({
      code: "stalled",
      severity: "error",
      fails: true,
      step: runningTool ? "tool_completed" : "agent_completed",
      router: lastRouter(facts.events),
      message: runningTool,
      dueMs: sign.timeMs + waitMs,
      evidence: [sign, runningTool?.emission.event],
    }),
  ];
}

/** Findings that wait until late events have had their time after the end. */
export function incompleteEnd(facts: Facts): Finding[] {
  const end = facts.lastTurn.end;
  if (!facts.complete || !end || !facts.observes("emitted")) return [];
  const required = facts.policy.profile === "strict" ? CRITICAL_TYPES : STANDARD_TYPES;
  const missing = required.filter((type) => !facts.messages.some((message) => message.type === type));
  const open = facts.tools.open;
  if (missing.length === 0 && open.length === 0) return [];
  if (facts.patience.after(end.emission.event, facts.policy.settleMs) !== "due") return [];
  const dueMs = end.emission.atMs;
  return [
    ...missing.map((type) =>
      finding({
        code: "missing_event",
        severity: "error",
        fails: true,
        step: stepOf(type),
        router: lastRouter(facts.requests.flatMap((request) => request.routed)),
        dueMs,
        evidence: [end.emission.event],
      }),
    ),
    ...open.map((call) =>
      finding({
        code: "tool_unfinished",
        severity: "error",
        fails: true,
        step: "tool_completed",
        router: lastRouter(call.events),
        message: call,
        dueMs,
        evidence: [call.emission.event, end.emission.event],
      }),
    ),
  ];
}

export function toolFailed(facts: Facts): Finding[] {
  return facts.tools.ends
    .filter((message) => !message.emission.ok)
    .map((message) =>
      messageFinding(message, {
        code: "tool_failed",
        severity: "warning",
        fails: false,
        hop: "emitted",
        dueMs: message.emission.atMs,
        evidence: [message.emission.event],
      }),
    );
}

/** Runs that name this request and started. */
function startsFor(facts: Facts, messageId: string): Message[] {
  const runs = new Set(
    facts.events.flatMap((event) =>
      event.runId !== null && (event.inReplyTo === messageId || event.messageId === messageId) ? [event.runId] : [],
    ),
  );
  const first = new Map<string, Message>();
  for (const message of facts.messages) {
    if (message.type !== "agent_started" || message.runId === null || !runs.has(message.runId)) continue;
    if (!first.has(message.runId)) first.set(message.runId, message);
  }
  return [...first.values()];
}

export function duplicateRun(facts: Facts): Finding[] {
  const ids = new Set(facts.requests.map((request) => request.messageId));
  for (const event of facts.events) if (event.inReplyTo !== null) ids.add(event.inReplyTo);
  return [...ids].sort().flatMap((messageId) => {
    const starts = startsFor(facts, messageId);
    const second = starts[1];
    if (!second) return [];
    return messageFinding(second, {
      code: "duplicate_run",
      severity: "error",
      fails: true,
      hop: "emitted",
      dueMs: second.emission.atMs,
      evidence: starts.map((message) => message.emission.event),
    });
  });
}

/** Anything of a run emitted after the run's turn had ended. */
export function eventAfterEnd(facts: Facts): Finding[] {
  const runs = facts.turns.flatMap(({ messages }) => [...groupBy(messages, (message) => message.runId).values()]);
  return runs.flatMap((messages) => {
    const end = endOf(messages, facts.outermost);
    if (!end) return [];
    const late = messages.filter((message) => message.emission.observed && message.emission.atMs > end.emission.atMs);
    const [first] = late;
    if (!first) return [];
    return messageFinding(first, {
      code: "event_after_end",
      severity: "warning",
      fails: false,
      hop: "emitted",
      dueMs: first.emission.atMs,
      evidence: [end.emission.event, ...late.map((message) => message.emission.event)],
    });
  });
}

export function slowResponse(facts: Facts): Finding[] {
  return facts.turns.flatMap(({ request, end }) => {
    const received = request?.received[0];
    const deliveredAtMs = end ? (facts.reach.get(end)?.deliveredAtMs ?? null) : null;
    if (!received || !end || deliveredAtMs === null) return [];
    if (deliveredAtMs - received.timeMs <= facts.policy.slowResponseMs) return [];
    return finding({
      code: "slow_response",
      severity: "warning",
      fails: false,
      step: "response_delivered",
      router: lastRouter(end.events),
      message: end,
      dueMs: received.timeMs + facts.policy.slowResponseMs,
      evidence: [received, end.emission.event, ...end.sends],
    });
  });
}

export function noProgress(facts: Facts): Finding[] {
  const end = facts.lastTurn.end;
  if (!facts.complete || !end || facts.policy.profile !== "standard") return [];
  const progressed = facts.messages.some(
    (message) => message.type === "agent_thinking" || message.type.startsWith("tool_"),
  );
  if (progressed) return [];
  return [
    finding({
      code: "no_progress",
      severity: "info",
      fails: false,
      step: "agent_thinking",
      dueMs: end.emission.atMs,
      evidence: [end.emission.event],
    }),
  ];
}
