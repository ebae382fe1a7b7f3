/**
 * Puts another name in the place of a user's id in what is stored. Only where a user is meant: a message or a connection
 * of the same name keeps it. Pure.
 */
import type { Json, TelemetryEvent } from "../telemetry/event";

/** The name to store for a user: the id itself, unless that user was erased. */
export type NameOf = (user: string) => string;
export interface Renaming {
  from: string;
  to: string;
}

/** Fields of verdicts, evidence and marks that hold one user or a list of them. */
const USER_FIELDS: ReadonlySet<string> = new Set([
  ...["owner", "claimedOwner", "recipient", "userId", "user_id", "connectionUser"],
  ...["users", "otherUsers", "owners", "recipients", "routingIds", "routing_ids", "canaryUsers", "canary_users"],
]);
/** Fields of content, in which a plain value may be anything that a source wrote. */
const CONTENT_FIELDS: ReadonlySet<string> = new Set([
  ...["attributes", "payload", "errorCode", "error_code", "errorMessage", "error_message"],
]);
/** How a note of a verdict names users whom no connection proved. */
const STRANGERS = " never authenticated on a connection";

/** Rules whose occurrences are told by one user alone. */
const ENDS_WITH_ONE: ReadonlySet<string> = new Set(["run_crossed_users", "identity_from_payload"]);

/** An event under the names that `nameOf` gives. */
export function renameInEvent(event: TelemetryEvent, nameOf: NameOf): TelemetryEvent {
  return {
    ...event,
    userId: event.userId === null ? null : nameOf(event.userId),
    routingIds: event.routingIds.map(nameOf),
    canaryUsers: event.canaryUsers.map(nameOf),
    errorCode: event.errorCode === null ? null : nameOf(event.errorCode),
    errorMessage: event.errorMessage === null ? null : nameOf(event.errorMessage),
    attributes: mapStrings(event.attributes, nameOf) as TelemetryEvent["attributes"],
    payload: mapStrings(event.payload, nameOf),
  };
}

/** A stored verdict, the evidence of a leak, or what a mark of the judge says. */
export function renameInJson(value: Json, renaming: Renaming): Json {
  if (Array.isArray(value)) return value.map((item) => renameInJson(item, renaming));
  if (typeof value !== "object" || value === null) return value;
  const nameOf = nameUnder(renaming);
  return Object.fromEntries(
    Object.entries(value).map(([field, child]) => {
      if (USER_FIELDS.has(field) || CONTENT_FIELDS.has(field)) return [field, mapStrings(child, nameOf)];
      if (field === "text" && typeof child === "string") return [field, renameInNote(child, renaming)];
      if (field === "key" && isOccurrence(value)) return [field, renameInOccurrenceKey(value, renaming)];
      return [field, renameInJson(child, renaming)];
    }),
  );
}

export function nameUnder({ from, to }: Renaming): NameOf {
  return (user) => (user === from ? to : user);
}

/** An occurrence, as far as its key follows from it. */
export interface NamedOccurrence {
  rule: string;
  key: string;
  owner: string | null;
  recipient: string | null;
}

/** The key of an occurrence ends with its owner and recipient, or with one of them; that of a switch of users with both, then the time. */
export function renameInOccurrenceKey(occurrence: NamedOccurrence, renaming: Renaming): string {
  const { rule, key, owner, recipient } = occurrence;
  const { from, to } = renaming;
  if (owner !== from && recipient !== from) return key;
  const end = rule === "identity_switch" ? key.lastIndexOf("|") : key.length;
  const named = key.slice(0, end);
  const nameOf = nameUnder(renaming);
  const users = `|${owner ?? ""}|${recipient ?? ""}`;
  if (!ENDS_WITH_ONE.has(rule) && named.endsWith(users))
    return `${named.slice(0, -users.length)}|${nameOf(owner ?? "")}|${nameOf(recipient ?? "")}${key.slice(end)}`;
  return named.endsWith(`|${from}`) ? named.slice(0, -from.length) + to + key.slice(end) : key;
}

function isOccurrence(value: object): value is NamedOccurrence {
  const { rule, key } = value as Partial<NamedOccurrence>;
  return typeof rule === "string" && typeof key === "string" && "owner" in value && "recipient" in value;
}

const WORD = /[\p{L}\p{N}_-]/u;

/** What a person wrote, with the other name wherever the id stands as a word of its own. */
export function renameInText(text: string, { from, to }: Renaming): string {
  let renamed = "";
  let rest = 0;
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
    if (at < rest || WORD.test(text[at - 1] ?? "") || WORD.test(text[at + from.length] ?? "")) continue;
    renamed += text.slice(rest, at) + to;
    rest = at + from.length;
  }
  return renamed + text.slice(rest);
}

/** Every string that is nothing but the id; names of fields stay. */
function mapStrings(value: Json, nameOf: NameOf): Json {
  if (typeof value === "string") return nameOf(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, nameOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, child]) => [field, mapStrings(child, nameOf)]));
}

function renameInNote(text: string, { from, to }: Renaming): string {
  const end = text.indexOf(STRANGERS);
  if (end < 0) return text;
  const names = `, ${text.slice(0, end)}, `.replace(`, ${from}, `, () => `, ${to}, `);
  return names.slice(2, -2) + text.slice(end);
}
