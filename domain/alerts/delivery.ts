/** What became of one attempt to tell somebody, and when to try again. */

/** Slack's plain-text answers; any other text stays unread. Source: docs.slack.dev, incoming webhooks, error handling. */
export const SLACK_ERRORS = [
  ...["invalid_payload", "no_text", "channel_not_found", "channel_is_archived", "action_prohibited"],
  ...["posting_to_general_channel_denied", "no_service", "no_service_id", "no_team", "team_disabled"],
  ...["invalid_token", "no_active_hooks"],
] as const;

export const NETWORK_ERRORS = ["not_resolved", "refused", "reset", "timeout", "tls", "network"] as const;

export type NetworkError = (typeof NETWORK_ERRORS)[number];

/**
 * `address`: what the name resolves to may not be called. `secret`: the address cannot be read with the key that this
 * process has. `status`: the answer's status says no.
 */
export type Attempt =
  | { kind: "answered"; status: number; retryAfter: string | null; slackError: string | null }
  | { kind: "network"; error: NetworkError }
  | { kind: "refused"; error: "address" | "secret" };

/** Where a delivery stands: `failed` = refused for good, `expired` = given up, `cancelled` = its channel was switched off. */
export const DELIVERY_STATES = ["waiting", "sent", "failed", "expired", "cancelled"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type Outcome =
  | { kind: "sent" }
  | { kind: "failed"; error: string }
  /** `pauseMs`: the whole channel is asked to wait so long. */
  | { kind: "again"; error: string; pauseMs: number | null };

/** A delivery that could not be made for so long is given up: whoever reads it after that learns nothing that still holds. */
export const GIVE_UP_MS = 6 * 3_600_000;
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 3_600_000;
const DEFAULT_PAUSE_MS = 30_000;

/** 2xx is sent; 429, 408, 5xx and the network are tried again; everything else, redirects too, is a no for good. */
export function outcomeOf(attempt: Attempt, nowMs: number): Outcome {
  if (attempt.kind === "refused") return { kind: "failed", error: attempt.error };
  if (attempt.kind === "network") return { kind: "again", error: attempt.error, pauseMs: null };
  const { status, retryAfter, slackError } = attempt;
  if (status >= 200 && status < 300) return { kind: "sent" };
  const pauseMs = retryAfter === null ? null : parseRetryAfter(retryAfter, nowMs);
  if (status === 429) return { kind: "again", error: "rate_limited", pauseMs: pauseMs ?? DEFAULT_PAUSE_MS };
  if (status >= 500 || status === 408) return { kind: "again", error: slackError ?? "status", pauseMs };
  return { kind: "failed", error: status >= 300 && status < 400 ? "redirect" : (slackError ?? "status") };
}

/**
 * How long to wait after the n-th attempt failed: 5 s, doubled each time up to 5 min, of which the last half is left to
 * chance so that senders do not march in step.
 * @param random at least 0 and less than 1
 */
export function retryInMs(attempts: number, random: number): number {
  const whole = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** Seconds or an HTTP date (RFC 9110), at most an hour; null for what is neither. */
export function parseRetryAfter(value: string, nowMs: number): number | null {
  const text = value.trim();
  const pauseMs = /^\d{1,9}$/.test(text)
    ? Number(text) * 1_000
    : /^\w{3}, /.test(text)
      ? Date.parse(text) - nowMs
      : Number.NaN;
  return Number.isNaN(pauseMs) ? null : Math.min(LONGEST_PAUSE_MS, Math.max(0, pauseMs));
}

/** The error that Slack names in the beginning of an answer; null for any other text. */
export function slackErrorOf(text: string): string | null {
  return SLACK_ERRORS.find((known) => known === text.trim()) ?? null;
}
