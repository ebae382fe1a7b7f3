/** Field names that may be shown. Everything else that a source sends in content is replaced by its length and fingerprint. */

import { z } from "zod";

/** Fields whose plain values survive, where they look like a token (see `TOKEN`). The operator may add to them. */
export const OPEN_VALUES: readonly string[] = [
  "closeCode",
  "close_code",
  "code",
  "component",
  "connections",
  "errorCode",
  "error_code",
  "event",
  "kind",
  "reason",
  "snapshot",
  "state",
  "status",
  "transport",
  "type",
];

/** Names that carry no content as object keys: the words in which message envelopes are usually written. */
const OPEN_KEYS = [
  "agent agentName agent_name args arguments attempt attributes body chunk connectionId connection_id content context",
  "count created_at createdAt data delta details duration durationMs duration_ms elapsed environment error errorMessage",
  "error_message execution_time executionTime final handler headers id index input items key label length level limit",
  "list message messageId message_id messages meta metadata method mode model name offset options outcome output owner_id",
  "creator_id sender_id params parentAgent parent_agent parts payload position priority progress prompt query reasoning",
  "recipient_id request response result results role router run runId run_id scope seq sequence service session_id size",
  "source stage step steps success target_user_id text thinking thought thread threadId thread_id time timestamp title",
  "tokens tool toolCallId tool_call_id toolName tool_name total url user userId user_id value values version",
].flatMap((line) => line.split(" "));

export interface AllowList {
  /** Object keys that stay readable. */
  keys: ReadonlySet<string>;
  /** Fields whose token-like string values stay readable. */
  values: ReadonlySet<string>;
}

/** The built-in list with the operator's names added. */
export function allowList(extra: readonly string[]): AllowList {
  const values = new Set([...OPEN_VALUES, ...extra]);
  return { values, keys: new Set([...OPEN_KEYS, ...values]) };
}

/** The end of a name under which credentials are usually written: their values look like the tokens that would stay. */
const CREDENTIAL = /(password|passwd|secret|token|authorization|cookie|credentials?|api[-_]?key)$/i;

/** A name that a person may add to the list. Of a dotted name its last part decides, so it holds no dot. */
export const allowedFieldName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, '_' or '-'")
  .refine((name) => !CREDENTIAL.test(name), "would store credentials in plain");
