import type { ConnectionInterval } from "../connections/interval";
import type { LeakRule } from "../leaks/leak-rules";
import type { ObservedEvent, Stage } from "../telemetry/event";

export const STATUSES = ["running", "succeeded", "degraded", "failed", "abandoned", "cancelled", "unobserved"] as const;
export type JourneyStatus = (typeof STATUSES)[number];

export const STEPS = [
  "connected",
  "received",
  "routed",
  "agent_started",
  "agent_thinking",
  "tool_executing",
  "tool_completed",
  "agent_completed",
  "response_delivered",
  "persisted",
] as const;
export type Step = (typeof STEPS)[number];
export type StepState = "done" | "failed" | "missing" | "pending" | "not_needed" | "not_observed";
export type Hop = "received" | "routed" | "emitted" | "sent" | "acked";

export const FINDING_CODES = [
  "not_routed",
  "agent_not_started",
  "handler_failed",
  "stalled",
  "missing_event",
  "tool_unfinished",
  "tool_failed",
  "event_lost",
  "event_dropped",
  "event_unacked",
  "phantom_delivery",
  "wrong_recipient",
  "connection_lost",
  "duplicate_run",
  "duplicate_delivery",
  "out_of_order",
  "event_after_end",
  "router_conflict",
  "slow_response",
  "no_progress",
  "clock_skew",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];
export type Severity = "critical" | "high" | "error" | "warning" | "info";

export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** Whether this finding makes the journey fail. */
  fails: boolean;
  step: Step | null;
  hop: Hop | null;
  router: string | null;
  /** The message concerned, where the finding is about one. */
  messageId: string | null;
  messageType: string | null;
  /** When it became true: the deadline for absences, the event's own time otherwise. */
  dueMs: number;
  /** Ids of the telemetry events that prove it (for an absence: of the events after which something was owed). */
  eventIds: string[];
}

export interface StepVerdict {
  step: Step;
  state: StepState;
  hop: Hop | null;
  atMs: number | null;
}

export type DeliveryState =
  | "emitted"
  | "delivered"
  | "acked"
  | "lost"
  | "dropped"
  | "phantom"
  | "connection_lost"
  | "unacked"
  | "leaked"
  | "unknown";

/** One message on its way to one connection (or to nobody). */
export interface Delivery {
  messageId: string | null;
  type: string;
  state: DeliveryState;
  connectionId: string | null;
  recipient: string | null;
  router: string | null;
  emittedAtMs: number | null;
  sentAtMs: number | null;
  ackedAtMs: number | null;
  eventIds: string[];
}

/** One message that reached somebody it must not reach. Its key is the same whatever journey it is found in. */
export interface LeakOccurrence {
  key: string;
  rule: LeakRule;
  severity: Severity;
  router: string | null;
  owner: string | null;
  recipient: string | null;
  messageId: string | null;
  messageType: string | null;
  runId: string | null;
  connectionId: string | null;
  version: string | null;
  occurredAtMs: number;
  eventIds: string[];
}

export interface Policy {
  version: number;
  routeMs: number;
  firstEventMs: number;
  gapMs: number;
  toolMs: number;
  deliveryMs: number;
  ackMs: number;
  slowResponseMs: number;
  reconnectMs: number;
  settleMs: number;
  profile: "standard" | "strict";
  /** Canonical request types. */
  requestTypes: string[];
  /** alias → canonical type, beside the built-in table. */
  typeAliases: Record<string, string>;
  /** service → the stages it reports; a service not named here reports all. */
  observedStages: Record<string, Stage[]>;
}

/** While a subscribed source could not be heard, absence of its events proves nothing. */
export interface SourceOutage {
  sourceId: string;
  kind: "disconnected" | "gap";
  fromMs: number;
  /** null = still going on. */
  toMs: number | null;
}

/** What the database knows beside the journey's own events. All rebuilt from stored rows. */
export interface JudgeContext {
  /** Intervals of every connection that the events name, and every interval of the users concerned near the journey. */
  intervals: ConnectionInterval[];
  /** Of the user ids claimed in these events, those known from a connection (ever). */
  knownUsers: ReadonlySet<string>;
  /** `received` stop_agent messages without a run id in the journey's threads. */
  stops: ObservedEvent[];
  /** thread id → users from whose authenticated connection a message of that thread was received. */
  threadParticipants: ReadonlyMap<string, ReadonlySet<string>>;
  outages: SourceOutage[];
}

/** The events of one journey, after the joins of runs and inbound messages. */
export interface JourneyGroup {
  /** Stable unambiguous key: "r:<runId>" of the run with the earliest event, else "m:<instance>/<connectionId>:<messageId>" of the earliest request. */
  key: string;
  /** What people see: the run id, else the inbound message id (else the request event's own id). */
  id: string;
  /** Keys of everything joined, own key included. */
  keys: string[];
  /** Run and inbound message ids that find this journey. */
  aliases: string[];
  events: ObservedEvent[];
}

/** What a journey had that others may not have had: where failed and healthy ones are told apart. Lists are bounded. */
export interface Traits {
  handlers: string[];
  agents: string[];
  tools: string[];
  /** How long the connection had been open when the last request came in over it; null where that is not known. */
  connectionAgeMs: number | null;
  /** Size of the last request; null where none was reported. */
  payloadBytes: number | null;
}

export interface Verdict {
  key: string;
  id: string;
  environment: string;
  status: JourneyStatus;
  owner: string | null;
  /** The claimed user where the owner is unknown. */
  claimedOwner: string | null;
  startedAtMs: number;
  endedAtMs: number | null;
  /** Received → response delivered of the last turn; null while not delivered. */
  durationMs: number | null;
  policyVersion: number;
  brokenAt: { step: Step; hop: Hop | null; router: string | null } | null;
  /** Code of the finding that `brokenAt` stands for. */
  brokenBy: FindingCode | null;
  steps: StepVerdict[];
  findings: Finding[];
  routers: string[];
  versions: string[];
  instances: string[];
  services: string[];
  traits: Traits;
  threadIds: string[];
  /** Threads of thread-scoped deliveries: judged again when a participant is added. */
  threadScoped: string[];
  deliveries: Delivery[];
  linked: string[];
  occurrences: LeakOccurrence[];
  /** Notes for the reader that fail nothing (unknown connection, unknown user id, skew). */
  /** `eventIds` are the first; how many more there are is said where there are more. */
  notes: { code: string; text: string; eventIds: string[]; eventIdsOmitted?: number }[];
  eventCount: number;
  oversized: boolean;
  /** The next moment at which this verdict can change without a new event; null if none. */
  nextDeadlineMs: number | null;
}
