/** Channels that alerts are told through, and the log of what was told. For admins only; addresses and secrets go in, never out. */
import { z } from "zod";
import { ALERT_SEVERITIES, type AlertSeverity } from "@/domain/alerts/alert-severity";
import { DELIVERY_STATES } from "@/domain/alerts/delivery";
import { accessName, environmentNames } from "./access";

/** `webhook` gets Alertmanager's webhook body, `alertmanager` its alerts, `slack` (an incoming webhook) a message. */
export const channelKind = z.enum(["webhook", "alertmanager", "slack"]);
export type ChannelKind = z.infer<typeof channelKind>;

/** Words that rules use beside these: page = critical, ticket = warning, none = info. */
export const channelSeverity = z.enum(ALERT_SEVERITIES);

/** Alertmanager chooses itself what it passes on, and can only miss a Watchdog that it was told of. */
export function defaultMinimum(kind: ChannelKind): AlertSeverity {
  return kind === "alertmanager" ? "info" : "warning";
}

const VISIBLE = /^[\x21-\x7e]+$/;
const LINE = /^[\x20-\x7e]*$/;

/** As whoever calls it reads it: `http:///me:pw@host/` has a user too. */
function namesUser(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== "" || password !== "";
}

const channelUrl = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" })
  .max(2_048)
  .refine((text) => !namesUser(text), "must hold no user or password; give these as `auth`")
  .refine((text) => !text.includes("#"), "must hold no #");

export const channelAuth = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("bearer"),
    token: z.string().max(4_096).regex(VISIBLE, "must be ASCII without spaces"),
  }),
  z.strictObject({
    kind: z.literal("basic"),
    user: z
      .string()
      .min(1, "must not be empty")
      .max(256)
      .regex(/^[\x20-\x39\x3b-\x7e]+$/, "must be ASCII without a colon"),
    password: z.string().max(1_024).regex(LINE, "must be ASCII"),
  }),
]);
export type ChannelAuth = z.infer<typeof channelAuth>;

/** Headers that belong to the connection or are set already. */
const OWN_HEADERS =
  /^(host|content-(type|length|encoding)|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|authorization|user-agent|idempotency-key|proxy-.*)$/i;
export const channelHeader = z.strictObject({
  name: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be the name of a header")
    .refine((name) => !OWN_HEADERS.test(name), "is set by Signalbox itself"),
  value: z.string().min(1, "must not be empty").max(2_048).regex(LINE, "must be one line of ASCII"),
});
export type ChannelHeader = z.infer<typeof channelHeader>;

const fields = {
  name: accessName,
  url: channelUrl,
  /** null = none. */
  auth: channelAuth.nullable(),
  /** One more header of each request; null = none. */
  header: channelHeader.nullable(),
  environments: environmentNames,
  /** Alerts of less are left out. */
  minimumSeverity: channelSeverity,
  /** Whether the end of an alert is told too. Alertmanager is always told. */
  sendResolved: z.boolean(),
  enabled: z.boolean(),
};

/** Body of POST /api/v1/channels. A Slack webhook takes no `auth` and no `header`: its address is the secret. */
export const newChannel = z
  .strictObject({
    ...fields,
    kind: channelKind,
    auth: fields.auth.default(null),
    header: fields.header.default(null),
    /** What is not given is {@link defaultMinimum}. */
    minimumSeverity: fields.minimumSeverity.optional(),
    sendResolved: fields.sendResolved.default(true),
    enabled: fields.enabled.default(true),
  })
  .refine(({ kind, auth }) => kind !== "slack" || auth === null, { path: ["auth"], error: "is not used by Slack" })
  .refine(({ kind, header }) => kind !== "slack" || header === null, {
    path: ["header"],
    error: "is not used by Slack",
  })
  .transform((channel) => ({
    ...channel,
    minimumSeverity: channel.minimumSeverity ?? defaultMinimum(channel.kind),
  }));
export type NewChannel = z.infer<typeof newChannel>;

/**
 * Body of PATCH /api/v1/channels/:id: what is left out stays. An address at another host, port or scheme takes `auth` and
 * `header` along only if they are given again. Switching a channel off gives up what waits in it.
 */
export const channelChange = z.strictObject(fields).partial();
export type ChannelChange = z.infer<typeof channelChange>;

export const deliveryState = z.enum(DELIVERY_STATES);

export const channelRow = z.object({
  id: z.string(),
  kind: channelKind,
  name: z.string(),
  address: z.object({
    scheme: z.enum(["http", "https"]),
    /** With the port where it is not the scheme's own. */
    host: z.string(),
    /** The last characters of a long address; empty for a short one. */
    ends: z.string(),
  }),
  auth: z.enum(["none", "bearer", "basic"]),
  headerName: z.string().nullable(),
  environments: z.array(z.string()),
  minimumSeverity: channelSeverity,
  sendResolved: z.boolean(),
  enabled: z.boolean(),
  createdAt: z.string(),
  createdBy: z.string(),
  changedAt: z.string(),
  changedBy: z.string(),
  /** Deliveries that are to be made. */
  waiting: z.number(),
  /** The last delivery that was tried. */
  last: z
    .object({ state: deliveryState, at: z.string(), statusCode: z.number().nullable(), error: z.string().nullable() })
    .nullable(),
});
export type ChannelRow = z.infer<typeof channelRow>;
export const channelList = z.object({ items: z.array(channelRow), nextCursor: z.string().nullable() });
export type ChannelList = z.infer<typeof channelList>;

/** One notification on its way through one channel. */
export const deliveryRow = z.object({
  id: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  environment: z.string(),
  /** What is told, and of how many alerts. */
  title: z.string(),
  status: z.enum(["firing", "resolved"]),
  alerts: z.number(),
  test: z.boolean(),
  state: deliveryState,
  attempts: z.number(),
  /** How often Alertmanager was told again that it still fires. */
  repeats: z.number(),
  statusCode: z.number().nullable(),
  error: z.string().nullable(),
  /** The state in words. */
  says: z.string(),
  createdAt: z.string(),
  /** The last attempt. */
  triedAt: z.string().nullable(),
  /** The next attempt; null when there will be none. */
  nextAt: z.string().nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;
export const deliveryList = z.object({ items: z.array(deliveryRow), nextCursor: z.string().nullable() });
export type DeliveryList = z.infer<typeof deliveryList>;

/** Answer of POST /api/v1/channels/:id/test: what became of the one attempt. */
export const channelTest = z.object({ ok: z.boolean(), says: z.string(), delivery: deliveryRow });
export type ChannelTest = z.infer<typeof channelTest>;

/** Says that deliveries of an environment changed, and nothing of them: who may read them fetches them again. */
export const deliveriesPulse = z.object({ pulse: z.string() });
export type DeliveriesPulse = z.infer<typeof deliveriesPulse>;
