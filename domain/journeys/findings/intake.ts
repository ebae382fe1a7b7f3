/** What can go wrong before an agent starts: routing of the request, and errors that a handler reports. */
import type { ObservedEvent } from "../../telemetry/event";
import type { Facts } from "../facts";
import { isCritical, stepOf } from "../message-kinds";
import type { Message } from "../messages";
import { isByOutermost } from "../outermost-agent";
import type { Request } from "../requests";
import type { Finding } from "../types";
import { finding, lastRouter, messageFinding } from "./finding";
import { distinctRouters } from "./router-names";

const isOk = (event: ObservedEvent) => event.outcome === "ok";

/** Agent events prove that a request was routed: any of the run for the first, those that answer it for later ones. */
function provedRouted(facts: Facts, request: Request): boolean {
  if (facts.requests[0] === request && facts.messages.length > 0) return true;
  const turn = facts.turns.find((candidate) => candidate.request === request);
  return (
    (turn?.messages.some((message) => message.type === "agent_started" || message.type === "agent_completed") ??
      false) ||
    facts.messages.some((message) => message.events.some((event) => event.inReplyTo === request.messageId))
  );
}

export function notRouted(facts: Facts): Finding[] {
  return facts.requests.flatMap((request) => {
    const [received] = request.received;
    if (!received || request.routed.some(isOk) || provedRouted(facts, request) || !facts.observes("routed")) return [];
    if (facts.patience.after(received, facts.policy.routeMs) !== "due") return [];
    return finding({
      code: "not_routed",
      severity: "error",
      fails: true,
      step: "routed",
      hop: "received",
      router: lastRouter([...request.received, ...request.routed, ...request.dropped]),
      dueMs: received.timeMs + facts.policy.routeMs,
      evidence: [...request.received, ...request.routed, ...request.dropped],
    });
  });
}

/** A request given up on its way in, and not routed after all. What came of that is told by the step that is missing. */
export function requestDropped(facts: Facts): Finding[] {
  return facts.requests.flatMap(({ messageId, received, routed, dropped }) => {
    const drop = dropped.at(-1);
    if (!drop || routed.some((event) => isOk(event) && event.timeMs >= drop.timeMs)) return [];
    const arrived = routed.some(isOk);
    return {
      ...finding({
        code: "event_dropped",
        severity: "error",
        fails: false,
        step: arrived ? "agent_started" : "routed",
        hop: arrived ? "routed" : "received",
        router: lastRouter(dropped),
        dueMs: drop.timeMs,
        evidence: [...received, ...dropped],
      }),
      messageId,
      messageType: drop.type,
    };
  });
}

/** Nothing came of the last request although a router took it. */
export function agentNotStarted(facts: Facts): Finding[] {
  const routed = facts.lastTurn.request?.routed.filter(isOk).at(-1);
  if (!routed || facts.lastTurn.messages.length > 0 || !facts.observes("emitted")) return [];
  if (facts.patience.after(routed, facts.policy.firstEventMs) !== "due") return [];
  return [
    finding({
      code: "agent_not_started",
      severity: "error",
      fails: true,
      step: "agent_started",
      hop: "routed",
      router: routed.router,
      dueMs: routed.timeMs + facts.policy.firstEventMs,
      evidence: [routed],
    }),
  ];
}

export function handlerFailed(facts: Facts): Finding[] {
  const failures: Finding[] = [];
  for (const request of facts.requests) {
    const proved = provedRouted(facts, request);
    const [lastReceived, lastRouted] = [request.received.at(-1), request.routed.at(-1)];
    const arrived = request.routed.some(isOk) || proved;
    if (lastReceived && !request.received.some(isOk) && !arrived) failures.push(intakeError(lastReceived, "received"));
    if (lastRouted && lastRouted.outcome === "error" && !laterOk(request.routed, lastRouted) && !proved) {
      failures.push(intakeError(lastRouted, "routed"));
    }
  }
  for (const message of facts.messages) {
    const failedRoute = message.routed.findLast((event) => event.outcome === "error");
    if (failedRoute && !laterOk(message.routed, failedRoute) && message.sends.length === 0) {
      failures.push(
        messageFinding(message, {
          code: "handler_failed",
          severity: "error",
          fails: true,
          hop: "routed",
          dueMs: failedRoute.timeMs,
          evidence: [failedRoute],
        }),
      );
    }
    if (message.emission.ok || message.type === "tool_completed") continue;
    const { atMs, event } = message.emission;
    const cured = facts.messages.some(
      (other) => other.emission.ok && other.emission.atMs >= atMs && other !== message && cures(facts, other, message),
    );
    if (cured) continue;
    failures.push(
      messageFinding(message, {
        code: "handler_failed",
        severity: "error",
        fails: true,
        hop: "emitted",
        dueMs: atMs,
        evidence: [event],
      }),
    );
  }
  return failures;
}

/** A later success of the same step. That a helper completes makes no success of a run that its outermost agent failed. */
function cures({ outermost }: Facts, later: Message, failed: Message): boolean {
  if (!sameStep(later.type, failed.type)) return false;
  const endsRun = failed.type === "agent_completed" && isByOutermost(failed, outermost);
  return !endsRun || isByOutermost(later, outermost);
}

function sameStep(a: string, b: string): boolean {
  return isCritical(a) || isCritical(b) ? stepOf(a) === stepOf(b) && isCritical(a) === isCritical(b) : a === b;
}

function laterOk(events: readonly ObservedEvent[], failed: ObservedEvent): boolean {
  return events.slice(events.indexOf(failed) + 1).some(isOk);
}

function intakeError(event: ObservedEvent, step: "received" | "routed"): Finding {
  return finding({
    code: "handler_failed",
    severity: "error",
    fails: true,
    step,
    hop: step,
    router: event.router,
    dueMs: event.timeMs,
    evidence: [event],
  });
}

/** One message taken by more than one router: a request, or an agent's message on its way out. */
export function routerConflict(facts: Facts): Finding[] {
  const routedMessages = [
    ...facts.requests.map((request) => ({ step: "routed" as const, routed: request.routed })),
    ...facts.messages.map((message) => ({ step: stepOf(message.type), routed: message.routed })),
  ];
  return routedMessages.flatMap(({ step, routed }) => {
    const ok = routed.filter((event) => isOk(event) && event.router !== null);
    const routers = distinctRouters(ok.flatMap((event) => event.router ?? []));
    if (routers.length < 2) return [];
    const last = ok.at(-1);
    return finding({
      code: "router_conflict",
      severity: "warning",
      fails: false,
      step,
      hop: "routed",
      router: routers.join(" + "),
      dueMs: last?.timeMs ?? 0,
      evidence: ok,
    });
  });
}
