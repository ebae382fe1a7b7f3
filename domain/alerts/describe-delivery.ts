/** The state of a delivery in words, for the log and for whoever sent a test. */
import { assertNever } from "../assert-never";
import type { DeliveryState } from "./delivery";

export interface DescribedDelivery {
  state: DeliveryState;
  attempts: number;
  statusCode: number | null;
  error: string | null;
}

const ERRORS: Record<string, string> = {
  not_resolved: "the name of the address is not known",
  refused: "nobody listens at the address",
  reset: "the connection was cut",
  timeout: "there was no answer within 5 seconds",
  tls: "no trusted TLS connection could be made",
  network: "the answer was no HTTP",
  address: "the address may not be called: it is link-local, a cloud's metadata service, or nobody's",
  secret: "the stored address cannot be read with the key that is set; type it in again",
  redirect: "it redirects, and redirects are not followed",
  rate_limited: "it asks for fewer messages",
  invalid_payload: "Slack could not read the message",
  no_text: "Slack could not read the message",
  channel_not_found: "Slack does not know the channel any more",
  channel_is_archived: "the Slack channel is archived",
  action_prohibited: "an admin of the Slack workspace forbids it",
  posting_to_general_channel_denied: "the webhook may not post to the workspace's general channel",
  no_service: "the Slack webhook was removed or switched off",
  no_service_id: "the Slack webhook's address is not complete",
  no_team: "the Slack workspace does not exist",
  team_disabled: "the Slack workspace is switched off",
  invalid_token: "the Slack webhook's address is wrong or was revoked",
  no_active_hooks: "the Slack webhook was switched off",
};

/** What went wrong; null when nothing did. */
export function describeError(statusCode: number | null, error: string | null): string | null {
  if (error === null) return null;
  const code = statusCode === null ? "" : ` (HTTP ${statusCode})`;
  if (error === "status") return `it answered HTTP ${statusCode ?? "?"}${hintFor(statusCode)}`;
  return `${ERRORS[error] ?? error}${code}`;
}

export function describeDelivery({ state, attempts, statusCode, error }: DescribedDelivery): string {
  const problem = describeError(statusCode, error);
  const because = problem === null ? "" : `: ${problem}`;
  switch (state) {
    case "waiting":
      return attempts === 0 ? "Waits to be sent" : `Tried ${times(attempts)}, will be tried again${because}`;
    case "sent":
      if (problem !== null) return `Delivered, but telling it again failed${because}`;
      return `Delivered${statusCode === null ? "" : ` (HTTP ${statusCode})`}`;
    case "failed":
      return `Refused for good${because}`;
    case "expired":
      return attempts === 0
        ? "Given up after 6 hours without an attempt"
        : `Given up after 6 hours and ${times(attempts, "attempt")}${because}`;
    case "cancelled":
      return `Not sent: the channel was switched off${because}`;
    default:
      return assertNever(state);
  }
}

function hintFor(statusCode: number | null): string {
  if (statusCode === 401 || statusCode === 403) return ": the sign-in is missing or wrong";
  if (statusCode === 404) return ": there is nothing at this address";
  if (statusCode === 405) return ": this address takes no such messages";
  return "";
}

function times(count: number, word?: string): string {
  if (word) return count === 1 ? `1 ${word}` : `${count} ${word}s`;
  return count === 1 ? "once" : `${count} times`;
}
