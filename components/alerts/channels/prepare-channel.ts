/** The channel that was typed, as it is sent; or what is wrong with it. */
import {
  type ChannelChange,
  type ChannelKind,
  type ChannelRow,
  channelChange,
  defaultMinimum,
  type NewChannel,
  newChannel,
} from "@/contracts/channels";
import type { AlertSeverity } from "@/domain/alerts/alert-severity";

/** `keep` = what is stored stays, without being shown. */
export type AuthChoice = "keep" | "none" | "bearer" | "basic";

export interface TypedChannel {
  kind: ChannelKind;
  name: string;
  /** Empty while a stored one is kept. */
  url: string;
  auth: AuthChoice;
  token: string;
  user: string;
  password: string;
  header: "keep" | "none" | "set";
  headerName: string;
  headerValue: string;
  environments: string[];
  minimumSeverity: AlertSeverity;
  sendResolved: boolean;
  enabled: boolean;
}

export type ChannelField =
  | "name"
  | "url"
  | "token"
  | "user"
  | "password"
  | "headerName"
  | "headerValue"
  | "environments"
  | "auth"
  | "header";
export type ChannelProblems = Partial<Record<ChannelField, string>>;
export type PreparedChannel =
  | { send: { id: null; body: NewChannel } | { id: string; body: ChannelChange }; problems: ChannelProblems }
  | { send: null; problems: ChannelProblems };

export function emptyChannel(environment: string | null): TypedChannel {
  return {
    ...{ kind: "webhook", name: "", url: "", auth: "none", token: "", user: "", password: "" },
    ...{ header: "none", headerName: "", headerValue: "" },
    ...{ environments: environment === null ? [] : [environment], minimumSeverity: defaultMinimum("webhook") },
    ...{ sendResolved: true, enabled: true },
  };
}

/** A new channel of another kind; a severity that nobody chose goes with it. */
export function ofKind(typed: TypedChannel, kind: ChannelKind): TypedChannel {
  const chosen = typed.minimumSeverity !== defaultMinimum(typed.kind);
  return { ...typed, kind, minimumSeverity: chosen ? typed.minimumSeverity : defaultMinimum(kind) };
}

/** A stored channel as a person begins to change it. */
export function typedChannel(row: ChannelRow): TypedChannel {
  const { kind, name, environments, minimumSeverity, sendResolved, enabled } = row;
  return {
    ...emptyChannel(null),
    ...{ kind, name, environments, minimumSeverity, sendResolved, enabled },
    auth: row.auth === "none" ? "none" : "keep",
    header: row.headerName === null ? "none" : "keep",
    headerName: row.headerName ?? "",
  };
}

/** @param stored the channel that is changed; null = a new one */
export function prepareChannel(typed: TypedChannel, stored: ChannelRow | null): PreparedChannel {
  const { kind, name, environments, minimumSeverity, sendResolved, enabled } = typed;
  const plain = { name, environments, minimumSeverity, sendResolved, enabled };
  const signed = kind === "slack" ? {} : { ...authOf(typed), ...headerOf(typed) };
  if (stored === null) {
    const parsed = newChannel.safeParse({ kind, url: typed.url.trim(), ...plain, ...signed });
    return parsed.success ? { send: { id: null, body: parsed.data }, problems: {} } : wrong(parsed.error.issues);
  }
  const url = typed.url.trim() === "" ? {} : { url: typed.url.trim() };
  const parsed = channelChange.safeParse({ ...plain, ...url, ...signed });
  return parsed.success ? { send: { id: stored.id, body: parsed.data }, problems: {} } : wrong(parsed.error.issues);
}

function authOf({ auth, token, user, password }: TypedChannel) {
  if (auth === "keep") return {};
  if (auth === "none") return { auth: null };
  return { auth: auth === "bearer" ? { kind: auth, token } : { kind: auth, user, password } };
}

function headerOf({ header, headerName, headerValue }: TypedChannel) {
  if (header === "keep") return {};
  return { header: header === "none" ? null : { name: headerName.trim(), value: headerValue } };
}

const FIELDS: Record<string, ChannelField> = {
  ...{ name: "name", url: "url", environments: "environments", auth: "auth", header: "header" },
  ...{ "auth.token": "token", "auth.user": "user", "auth.password": "password" },
  ...{ "header.name": "headerName", "header.value": "headerValue" },
};
const WORDS: ChannelProblems = {
  name: "give it a name of one line, up to 100 characters",
  environments: "name at least one environment",
};

function wrong(issues: readonly { path: PropertyKey[]; message: string }[]): PreparedChannel {
  return { send: null, problems: problemsOf(issues.map(({ path, message }) => ({ field: path.join("."), message }))) };
}

/** Wrong values by the field of the form that they were typed into. */
export function problemsOf(wrongs: readonly { field: string; message: string }[]): ChannelProblems {
  const problems: ChannelProblems = {};
  for (const { field, message } of wrongs) {
    const known = FIELDS[field] ?? FIELDS[field.split(".")[0] ?? ""] ?? "name";
    problems[known] ??= WORDS[known] ?? message;
  }
  return problems;
}
