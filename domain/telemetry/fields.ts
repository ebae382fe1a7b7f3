/** Names of the contract's top-level fields, and what kind of value each holds. */

/** Ids and names: kept as they are (never redacted), at most 256 bytes. */
export const NAME_FIELDS = [
  "id",
  "type",
  "userId",
  "connectionId",
  "threadId",
  "runId",
  "messageId",
  "inReplyTo",
  "agentName",
  "parentAgent",
  "toolName",
  "toolCallId",
  "router",
  "handler",
  "errorCode",
  "payloadHash",
  "service",
  "instance",
  "environment",
  "version",
] as const;
export type NameField = (typeof NAME_FIELDS)[number];

const OTHER_FIELDS = [
  "time",
  "stage",
  "seq",
  "attempt",
  "outcome",
  "errorMessage",
  "durationMs",
  "payloadBytes",
  "payload",
  "scope",
  "attributes",
] as const;

export type FieldName = NameField | (typeof OTHER_FIELDS)[number];
export const FIELD_NAMES: readonly FieldName[] = [...NAME_FIELDS, ...OTHER_FIELDS];

/** Without these nothing is an observation. */
export const REQUIRED_FIELDS = ["id", "time", "stage"] as const satisfies readonly FieldName[];

const BY_NAME: ReadonlyMap<string, FieldName> = new Map(
  FIELD_NAMES.flatMap((field) => [
    [field, field] as const,
    [field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), field] as const,
  ]),
);

/** The contract field that a key stands for: its own name or its snake_case form (`user_id` is `userId`). */
export function fieldOf(key: string): FieldName | undefined {
  return BY_NAME.get(key);
}
