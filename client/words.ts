import { STAGES_PER_CONTENT } from "@/domain/leaks/same-content";
import type { QualityNote } from "@/domain/telemetry/quality-note";
import { figure } from "./format";

interface LeakWords {
  title: string;
  meaning: string;
  /** What the rule leaves out where there is very much. */
  bound?: string;
}

/** What the codes of the contract are called on the pages. An unknown code is shown as it is. */
const FINDINGS: Record<string, { title: string; meaning: string }> = {
  not_routed: { title: "Not routed", meaning: "Received, but no router took it." },
  agent_not_started: { title: "Agent never started", meaning: "Routed, but nothing of the run was emitted." },
  handler_failed: { title: "Handler failed", meaning: "A router, handler or agent reported an error." },
  stalled: { title: "Stalled", meaning: "The run started, then fell silent." },
  missing_event: { title: "Event missing", meaning: "The run ended without a required event." },
  tool_unfinished: { title: "Tool unfinished", meaning: "The run ended while a tool was still executing." },
  tool_failed: { title: "Tool failed", meaning: "A tool ended with an error." },
  event_lost: { title: "Event lost", meaning: "Emitted, but handed to no connection of its user." },
  event_dropped: { title: "Event dropped", meaning: "Given up on purpose before it reached its user." },
  event_unacked: { title: "Not acknowledged", meaning: "Sent, but the client never confirmed it." },
  phantom_delivery: { title: "Phantom delivery", meaning: "Reported as sent while nobody was connected." },
  wrong_recipient: { title: "Wrong recipient", meaning: "A message of one user reached another." },
  connection_lost: { title: "Connection lost", meaning: "The user's connection closed before delivery." },
  duplicate_run: { title: "Duplicate run", meaning: "One request was answered by two runs." },
  duplicate_delivery: { title: "Duplicate delivery", meaning: "One message was sent twice to one connection." },
  out_of_order: { title: "Out of order", meaning: "Messages reached a connection in another order." },
  event_after_end: { title: "Event after the end", meaning: "The run had ended already." },
  router_conflict: { title: "Router conflict", meaning: "More than one router took one message." },
  slow_response: { title: "Slow response", meaning: "The answer took longer than the policy allows." },
  no_progress: { title: "No progress shown", meaning: "Complete with neither thinking nor a tool." },
  clock_skew: { title: "Clock skew", meaning: "An effect is dated before its cause." },
};

/** Leak rules beside `wrong_recipient`: they fail no journey. */
const LEAK_RULES: Record<string, LeakWords> = {
  canary_seen: {
    title: "Canary seen",
    meaning:
      "A token planted in one user's data was sent to another. Only payloads that came in after it was issued are searched.",
  },
  binding_uncertain: {
    title: "Binding uncertain",
    meaning: "It may have reached another user: two clocks disagree on who was connected.",
  },
  identity_switch: { title: "Identity switch", meaning: "One open connection became another user's." },
  run_crossed_users: { title: "Run crossed users", meaning: "Events of one run claim different users." },
  identity_from_payload: {
    title: "Identity from payload",
    meaning: "A message claims another user than its connection's.",
  },
  foreign_recipient_in_payload: {
    title: "Foreign recipient in payload",
    meaning: "The payload names another user than the one it reached.",
  },
  unscoped_emit: { title: "Unscoped emit", meaning: "A critical event names no user, run or thread." },
  sent_to_unauthenticated: {
    title: "Sent to unauthenticated",
    meaning: "Nobody ever signed in on the connection it was sent to.",
  },
  sent_after_close: { title: "Sent after close", meaning: "The connection had closed more than a second before." },
  same_content: {
    title: "Same content",
    meaning: "Within five minutes of another user, this one got a message of exactly the same content.",
    bound: `Of one content the first ${figure(STAGES_PER_CONTENT)} stages in each ten minutes are read: of one that went to everybody, more users may have got it than are named here.`,
  },
  wrong_thread: { title: "Wrong thread", meaning: "The right user, in another thread than the run's." },
};

const STEPS: Record<string, string> = {
  connected: "Connected",
  received: "Received",
  routed: "Routed",
  agent_started: "Agent started",
  agent_thinking: "Agent thinking",
  tool_executing: "Tool executing",
  tool_completed: "Tool completed",
  agent_completed: "Agent completed",
  response_delivered: "Response delivered",
  persisted: "Persisted",
};

const STEP_STATES: Record<string, string> = {
  done: "done",
  failed: "failed",
  missing: "missing",
  pending: "pending",
  not_needed: "not needed",
  not_observed: "not observed",
};

const NOTES: Record<QualityNote, string> = {
  no_message_id: "A message without an id: its stages are joined by their order.",
  no_run_id: "An agent's message without a run: it belongs to no journey for sure.",
  id_reused: "One event id was used for two observations; the first counts.",
  clock_skew: "The source's clock differs from this server's by more than a second; times are corrected.",
  time_in_future: "A time after the moment at which it was received.",
  thread_as_user: "The thread's id stands in the field of the user.",
  unknown_user: "A user id that no connection ever authenticated.",
  unknown_connection: "A connection that was never seen to open.",
};

export const FINDING_CODES = Object.keys(FINDINGS);

/** Every rule that an incident can be of. */
export const LEAK_RULE_CODES = ["wrong_recipient", ...Object.keys(LEAK_RULES)];

/** What a leak rule is called, and what it says. */
export function leakRule(rule: string): LeakWords {
  return LEAK_RULES[rule] ?? FINDINGS[rule] ?? { title: rule, meaning: "" };
}

/** What the two users of an occurrence are to each other. */
const USERS: Record<string, { owner: string; recipient: string }> = {
  canary_seen: { owner: "Planted for", recipient: "Seen by" },
  identity_switch: { owner: "Signed in first", recipient: "Signed in after" },
  run_crossed_users: { owner: "Claimed first", recipient: "Claimed as well" },
  identity_from_payload: { owner: "Claimed to be", recipient: "Was in truth" },
  foreign_recipient_in_payload: { owner: "Named in the payload", recipient: "Reached" },
  same_content: { owner: "Got it first", recipient: "Got it too" },
};
const USERS_OF_A_MESSAGE = { owner: "Whose messages", recipient: "Reached" };

/** What owner and recipient mean in a leak rule. */
export function usersOfLeak(rule: string): { owner: string; recipient: string } {
  return USERS[rule] ?? USERS_OF_A_MESSAGE;
}

export function findingTitle(code: string): string {
  return FINDINGS[code]?.title ?? code;
}
export function findingMeaning(code: string): string | null {
  return FINDINGS[code]?.meaning ?? null;
}
export function stepTitle(step: string): string {
  return STEPS[step] ?? step;
}
export function stepStateWord(state: string): string {
  return STEP_STATES[state] ?? state;
}
export function noteMeaning(code: QualityNote): string {
  return NOTES[code];
}
