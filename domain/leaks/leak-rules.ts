/** The rules by which one user's data is seen reaching another, and how bad that is. */

export const LEAK_SEVERITIES = {
  wrong_recipient: "critical",
  canary_seen: "critical",
  binding_uncertain: "warning",
  identity_switch: "high",
  run_crossed_users: "high",
  identity_from_payload: "high",
  foreign_recipient_in_payload: "high",
  unscoped_emit: "high",
  sent_to_unauthenticated: "high",
  sent_after_close: "warning",
  same_content: "warning",
  wrong_thread: "warning",
} as const;

export type LeakRule = keyof typeof LEAK_SEVERITIES;
export const LEAK_RULES = Object.keys(LEAK_SEVERITIES) as LeakRule[];
