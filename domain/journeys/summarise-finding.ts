/** One English sentence per finding: what happened, to what, when and by whom. Times are UTC. */
import { assertNever } from "../assert-never";
import type { Delivery, Finding, Verdict } from "./types";

type Told = Pick<Verdict, "deliveries" | "owner" | "claimedOwner" | "startedAtMs" | "durationMs" | "steps">;

/** The sentence that stands beside a finding of this verdict, without a full stop. */
export function summariseFinding(finding: Finding, verdict: Told): string {
  const at = clock(finding.dueMs);
  const what = messageName(finding);
  const by = finding.router === null ? "" : ` by ${finding.router}`;
  switch (finding.code) {
    case "not_routed":
      return `the request was received ${stepTime(verdict, "received")} and no router had taken it by ${at}`;
    case "agent_not_started":
      return `the request was routed${by} ${stepTime(verdict, "routed")} and no agent had emitted anything by ${at}`;
    case "handler_failed":
      return `${finding.step === "agent_completed" ? "the run ended with an error" : `handling ${what} failed`}${by} at ${at}`;
    case "stalled":
      return finding.step === "tool_completed"
        ? `a tool was running and nothing more was heard of the run until ${at}`
        : `the run had started, did not complete, and was silent until ${at}`;
    case "missing_event":
      return `the run completed and ${what} was never emitted`;
    case "tool_unfinished":
      return `the run completed and a tool call ${inMessage(finding)}never reported its end`;
    case "tool_failed":
      return `a tool call ended with an error at ${at}`;
    case "event_lost":
      return `${what} was emitted${emittedTime(finding, verdict)} and handed to ${lostTo(finding, verdict)} until ${at}`;
    case "event_dropped":
      return `${what} was given up on purpose${by} at ${at}`;
    case "event_unacked":
      return `${what} was sent${by}${sentTime(finding, verdict)} and no client had confirmed it by ${at}`;
    case "phantom_delivery":
      return `${what} was reported as sent${by} at ${at}, ${nowhere(finding, verdict)}`;
    case "wrong_recipient":
      return `${what}${ofOwner(verdict)} reached ${recipients(finding, verdict)}${by} at ${at}`;
    case "connection_lost":
      return `the last connection${ofOwner(verdict)} broke at ${at}, before the response was delivered, and none came back in time`;
    case "duplicate_run":
      return `one request was answered by two runs; the second started at ${at}`;
    case "duplicate_delivery":
      return `${what} was sent more than once to one connection${by}, again at ${at}`;
    case "out_of_order":
      return `${what} was sent out of order${by} at ${at}`;
    case "event_after_end":
      return `${what} was emitted at ${at}, after the run had ended`;
    case "router_conflict":
      return `${what} was routed by more than one router, at last${by} at ${at}`;
    case "slow_response":
      return verdict.durationMs === null
        ? `the response was slow: it had not been delivered by ${at}`
        : `the response was delivered ${seconds(verdict.durationMs)} after the request`;
    case "no_progress":
      return `the run completed at ${at} without showing a thought or a tool`;
    case "clock_skew":
      return `clocks disagree: ${what} is stated before its cause, at ${at}`;
    default:
      return assertNever(finding.code);
  }
}

/** UTC time of day as hh:mm:ss.mmm. */
function clock(ms: number): string {
  return new Date(Math.floor(ms)).toISOString().slice(11, 23);
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

const messageName = ({ messageType, step }: Finding) => messageType ?? step ?? "a message";

const inMessage = ({ messageId }: Finding) => (messageId === null ? "" : `(${messageId}) `);

/** To nobody, or to somebody else only: then the owner still never got it. */
function lostTo(finding: Finding, verdict: Told): string {
  const leaked = verdict.deliveries.filter(
    (delivery) => delivery.state === "leaked" && delivery.eventIds[0] === finding.eventIds[0],
  );
  if (leaked.length === 0) return `nobody${lastRouter(finding)}`;
  const others = [...new Set(leaked.map((delivery) => delivery.recipient ?? "somebody else"))].sort();
  return `${others.join(", ")} only, to no connection${ofOwner(verdict)}`;
}

const lastRouter = ({ router }: Finding) => (router === null ? "" : `: ${router} sent it to 0 connections`);

const ofOwner = ({ owner, claimedOwner }: Told) => {
  const user = owner ?? claimedOwner;
  return user === null ? "" : ` of ${user}`;
};

function stepTime({ steps, startedAtMs }: Told, name: "received" | "routed"): string {
  return `at ${clock(steps.find(({ step }) => step === name)?.atMs ?? startedAtMs)}`;
}

/** The copies a finding is about: those of its message that share an event with its evidence, else all of the message. */
function copiesOf({ messageId, messageType, eventIds }: Finding, { deliveries }: Told): Delivery[] {
  const proven = deliveries.filter((copy) => copy.eventIds.some((id) => eventIds.includes(id)));
  if (proven.length > 0 || messageId === null) return proven;
  return deliveries.filter((copy) => copy.messageId === messageId && copy.type === messageType);
}

const earliest = (times: (number | null)[]) => {
  const known = times.filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.min(...known);
};

function emittedTime(finding: Finding, verdict: Told): string {
  const ms = earliest(copiesOf(finding, verdict).map((copy) => copy.emittedAtMs));
  return ms === null ? "" : ` at ${clock(ms)}`;
}

function sentTime(finding: Finding, verdict: Told): string {
  const ms = earliest(copiesOf(finding, verdict).map((copy) => copy.sentAtMs));
  return ms === null ? "" : ` at ${clock(ms)}`;
}

function nowhere(finding: Finding, verdict: Told): string {
  const connections = copiesOf(finding, verdict).filter(({ state }) => state === "phantom");
  const closed = [...new Set(connections.flatMap(({ connectionId }) => connectionId ?? []))].sort();
  return closed.length === 0 ? "with no connection at all" : `to a connection that was closed (${closed.join(", ")})`;
}

function recipients(finding: Finding, verdict: Told): string {
  const leaked = copiesOf(finding, verdict).filter(({ state }) => state === "leaked");
  const users = [...new Set(leaked.flatMap(({ recipient }) => recipient ?? []))].sort();
  return users.length === 0 ? "another user" : users.join(", ");
}
