/** One item as it came over a wire → one telemetry event as it is stored, or the reason why not. Pure; never throws on any input. */
import { canaryTokensIn } from "../canaries/canary-token";
import type { Redactor } from "../redaction/redact";
import { isRecord, openEnvelope } from "./envelope";
import type { Json, TelemetryEvent } from "./event";
import { flatten } from "./flatten";
import { jsonProblem } from "./nesting";
import { type Rejection, reject, rejectionOf } from "./rejection";
import { requirementsOf } from "./requirements";
import { routingIdsOf } from "./routing-ids";
import { utf8Bytes } from "./text";
import { canonicalType } from "./type-aliases";
import { parseWireEvent, type WireEvent } from "./wire-schema";

export const MAX_NESTING = 32;
export const MAX_PAYLOAD_BYTES = 65_536;
export const MAX_ATTRIBUTES = 64;
export const MAX_ATTRIBUTES_BYTES = 8_192;
const DAY_MS = 86_400_000;
const TOKEN = /^[A-Za-z0-9_.:-]{1,64}$/;

/** What normalisation needs to know beside the item. */
export interface NormaliseContext {
  receivedAtMs: number;
  retentionMs: number;
  /** Environments that the sender may write to; events that name none get the default. */
  environments: readonly string[] | "all";
  defaultEnvironment: string;
  /** The operator's type aliases of an environment. */
  typeAliases(environment: string): Readonly<Record<string, string>>;
  redactor: Redactor;
  /** Fingerprint of a payload's JSON text, made by the server. */
  payloadHash(text: string): string;
  sourceId: string | null;
}

/** `canaryTokens` are what looks like a token in the payload, before redaction; never stored. */
export type Normalised =
  | { ok: true; event: TelemetryEvent; canaryTokens: readonly string[] }
  | { ok: false; rejection: Rejection };

/** Normalises one item. `clockOffsetMs` of the event is 0 and it names no `canaryUsers`: both depend on more than the item. */
export function normalise(item: unknown, context: NormaliseContext): Normalised {
  if (!isRecord(item)) return reject(null, "invalid_item", "an event must be a JSON object");
  const problem = jsonProblem(item, MAX_NESTING);
  if (problem === "too_deep") {
    return reject(item.id, "too_deep", `objects and arrays nest deeper than ${MAX_NESTING} levels`);
  }
  if (problem === "not_json") return reject(item.id, "invalid_item", "an event must hold nothing but JSON");
  const { fields, unknown } = openEnvelope(item);
  const parsed = parseWireEvent(fields);
  if (!parsed.success) return rejectionOf(parsed.error, fields, context.redactor);
  const wire = parsed.data;

  const environment = wire.environment ?? context.defaultEnvironment;
  if (context.environments !== "all" && !context.environments.includes(environment)) {
    return reject(wire.id, "environment_not_allowed", "environment: this key may not write to it");
  }
  if (wire.time < context.receivedAtMs - context.retentionMs || wire.time > context.receivedAtMs + DAY_MS) {
    return reject(
      wire.id,
      "time_out_of_range",
      "time: must lie between now minus the retention time and now plus 24 hours",
    );
  }
  const attributes = attributesOf(wire, unknown);
  if (attributes.length > MAX_ATTRIBUTES) {
    return reject(wire.id, "too_many_attributes", `attributes: at most ${MAX_ATTRIBUTES}, unknown fields included`);
  }
  if (attributes.length > 0 && utf8Bytes(JSON.stringify(attributes)) > MAX_ATTRIBUTES_BYTES) {
    return reject(
      wire.id,
      "attributes_too_large",
      `attributes: at most ${MAX_ATTRIBUTES_BYTES} bytes, unknown fields included`,
    );
  }
  const missing = requirementsOf(wire.stage).find((field) => !isPresent(field, wire, attributes));
  if (missing) return reject(wire.id, "missing_field", `${missing}: required on stage ${wire.stage}`);

  const payload = payloadOf(wire, context);
  if (payload === "too_large") {
    return reject(wire.id, "payload_too_large", `payload: at most ${MAX_PAYLOAD_BYTES} bytes of JSON`);
  }
  const event = assemble(wire, environment, attributes, payload.content, context);
  return { ok: true, event, canaryTokens: payload.canaryTokens };
}

function attributesOf(wire: WireEvent, unknown: [string, unknown][]): [string, Json][] {
  if (unknown.length === 0 && wire.attributes === undefined) return [];
  const all = new Map<string, Json>();
  for (const [key, value] of unknown) {
    for (const [path, scalar] of flatten(key, value, MAX_ATTRIBUTES + 1)) all.set(path, scalar);
    if (all.size > MAX_ATTRIBUTES) break;
  }
  for (const [key, value] of Object.entries(wire.attributes ?? {})) all.set(key, value);
  return [...all];
}

function isPresent(field: string, wire: WireEvent, attributes: [string, Json][]): boolean {
  if (!field.startsWith("attributes.")) return wire[field as keyof WireEvent] !== undefined;
  const name = field.slice("attributes.".length);
  return attributes.some(([key, value]) => key === name && value !== null && value !== "");
}

type Content = Pick<TelemetryEvent, "payload" | "payloadHash" | "payloadHashKind" | "payloadBytes" | "routingIds">;

function payloadOf(
  wire: WireEvent,
  context: NormaliseContext,
): { content: Content; canaryTokens: readonly string[] } | "too_large" {
  if (wire.payload === undefined) {
    const claimed = wire.payloadHash ?? null;
    const content: Content = {
      payload: null,
      payloadHash: claimed === null || TOKEN.test(claimed) ? claimed : context.payloadHash(claimed),
      payloadHashKind: claimed === null ? null : "client",
      payloadBytes: wire.payloadBytes ?? null,
      routingIds: [],
    };
    return { content, canaryTokens: [] };
  }
  const text = JSON.stringify(wire.payload);
  const bytes = utf8Bytes(text);
  if (bytes > MAX_PAYLOAD_BYTES) return "too_large";
  const content: Content = {
    payload: context.redactor.json(wire.payload, null),
    payloadHash: context.payloadHash(text),
    payloadHashKind: "server",
    payloadBytes: bytes,
    routingIds: routingIdsOf(wire.payload),
  };
  return { content, canaryTokens: canaryTokensIn(text) };
}

function assemble(
  wire: WireEvent,
  environment: string,
  attributes: [string, Json][],
  content: Content,
  context: NormaliseContext,
): TelemetryEvent {
  const { redactor } = context;
  const type = wire.type === undefined ? null : canonicalType(wire.type, wire.stage, context.typeAliases(environment));
  return {
    environment,
    id: wire.id,
    timeMs: wire.time,
    receivedAtMs: context.receivedAtMs,
    clockOffsetMs: 0,
    stage: wire.stage,
    type,
    originalType: wire.type !== undefined && wire.type !== type ? wire.type : null,
    userId: wire.userId ?? null,
    connectionId: wire.connectionId ?? null,
    threadId: wire.threadId ?? null,
    runId: wire.runId ?? null,
    messageId: wire.messageId ?? null,
    inReplyTo: wire.inReplyTo ?? null,
    agentName: wire.agentName ?? null,
    parentAgent: wire.parentAgent ?? null,
    toolName: wire.toolName ?? null,
    toolCallId: wire.toolCallId ?? null,
    router: wire.router ?? null,
    handler: wire.handler ?? null,
    seq: wire.seq ?? null,
    attempt: wire.attempt ?? null,
    outcome: wire.outcome ?? "ok",
    errorCode: wire.errorCode === undefined ? null : redactor.text(wire.errorCode, "errorCode"),
    errorMessage: wire.errorMessage === undefined ? null : redactor.text(wire.errorMessage, "errorMessage"),
    durationMs: wire.durationMs ?? null,
    scope: wire.scope ?? "user",
    service: wire.service ?? null,
    instance: wire.instance ?? null,
    version: wire.version ?? null,
    sourceId: context.sourceId,
    attributes: Object.fromEntries(
      attributes.map(([key, value]) => [redactor.key(key), redactor.json(value, lastName(key))]),
    ),
    canaryUsers: [],
    ...content,
  };
}

function lastName(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}
