/**
 * Writes the telemetry of one journey step by step, as a chat server would report it. Faults are scripts that leave
 * a step out, repeat it or do it wrongly. Time moves only by `wait` and by a few ms for each step.
 */
import type { FindingCode } from "@/domain/journeys/types";
import type { Prng } from "./prng";
import type { Style } from "./style";
import type { SyntheticEvent } from "./types";

export interface Connection {
  id: string;
  instance: string | undefined;
}

/** Other names of agent events, as some agent libraries have them. */
const ALIASES: Readonly<Record<string, string>> = {
  agent_thinking: "reasoning",
  tool_executing: "tool_started",
  tool_completed: "tool_result",
};

/** One outbound message: the fields that all its stages share. */
export type Message = Partial<SyntheticEvent> & { type: string };

export interface Bystander {
  user: string;
  connection: Connection;
}

export interface ScriptSetting {
  prng: Prng;
  style: Style;
  user: string;
  environment: string;
  instance: string | undefined;
  /** Prefix of every id of this journey. */
  prefix: string;
  startMs: number;
  /** Users with a connection that stays open all the time. */
  bystanders: readonly Bystander[];
  /** Next inbound message number of this user's client. */
  nextInbound(): number;
  /** Next connection id of this server instance; another instance may have the same. */
  nextConnection(): string;
  /** The thread that the user talks in; without it the journey has one of its own. */
  threadId?: string;
  /** Tabs that are open already; the script keeps the list up to date. */
  openConnections?: Connection[];
  /** How often the small mishaps of the usual course happen, as a multiple; 1 without it. */
  mishaps?: number;
  /** How long agents and tools take, as a multiple; 1 without it. */
  pace?: number;
  /** What the reporting service adds to an event, or names otherwise. */
  dress?(event: SyntheticEvent): SyntheticEvent;
}

export type Script = ReturnType<typeof createScript>;

export function createScript(setting: ScriptSetting) {
  const { prng, style, user, prefix } = setting;
  const threadId = setting.threadId ?? `${prefix}thread`;
  const runIds: string[] = [];
  const inboundIds: string[] = [];
  const events: SyntheticEvent[] = [];
  const openConnections = setting.openConnections ?? [];
  const added = new Set<FindingCode>();
  let nowMs = setting.startMs;
  const counts = new Map<string, number>();
  let runId = `${prefix}run`;

  /** 1, 2, 3, … for each name. */
  const count = (name: string): number => {
    const next = (counts.get(name) ?? 0) + 1;
    counts.set(name, next);
    return next;
  };

  const wait = (ms: number): void => {
    nowMs += ms;
  };

  /** Between `low` and `high` ms of work, at the journey's own pace. */
  const linger = (low: number, high: number): void => {
    wait(Math.round(prng.int(low, high) * (setting.pace ?? 1)));
  };

  const mishap = (probability: number): boolean => prng.chance(probability * (setting.mishaps ?? 1));

  const write = (event: Partial<SyntheticEvent> & Pick<SyntheticEvent, "stage">): SyntheticEvent => {
    const told: SyntheticEvent = {
      id: `${prefix}e${count("event")}`,
      time: new Date(nowMs).toISOString(),
      environment: setting.environment,
      ...event,
      ...(event.type === undefined ? {} : { type: (style.aliases && ALIASES[event.type]) || event.type }),
    };
    const written = setting.dress?.(told) ?? told;
    events.push(written);
    wait(prng.int(2, 6));
    return written;
  };

  const on = (connection: Connection | null): Partial<SyntheticEvent> =>
    connection === null
      ? {}
      : {
          connectionId: connection.id,
          ...(connection.instance === undefined ? {} : { instance: connection.instance }),
        };

  const open = (options: { id?: string; as?: string } = {}): Connection => {
    const id = options.id ?? setting.nextConnection();
    const connection: Connection = { id, instance: setting.instance };
    write({ stage: "connection_opened", ...on(connection) });
    write({ stage: "connection_authenticated", userId: options.as ?? user, ...on(connection) });
    if (options.as === undefined) openConnections.push(connection);
    return connection;
  };

  const close = (connection: Connection, closeCode?: number): void => {
    openConnections.splice(openConnections.indexOf(connection), openConnections.includes(connection) ? 1 : 0);
    write({
      stage: "connection_closed",
      ...on(connection),
      ...(closeCode === undefined ? {} : { attributes: { closeCode } }),
    });
  };

  const inboundId = (): string | undefined => {
    if (style.inboundIds === "none") return undefined;
    const number = setting.nextInbound();
    const id = style.inboundIds === "per_user" ? String(number) : `${prefix}in${number}`;
    inboundIds.push(id);
    return id;
  };

  const thread = (): Partial<SyntheticEvent> => (style.threads ? { threadId } : {});

  /** Fields that a router sees on an inbound message. */
  const inbound = (messageId: string | undefined): Partial<SyntheticEvent> => ({
    type: style.requestType,
    userId: user,
    ...thread(),
    ...(messageId === undefined ? {} : { messageId }),
    ...(style.runId === "from_the_start" ? { runId } : {}),
  });

  const receive = (fields: Partial<SyntheticEvent> = {}): Partial<SyntheticEvent> => {
    const message = inbound(inboundId());
    const connection = openConnections[0] ?? { id: `${prefix}unannounced`, instance: setting.instance };
    if (style.runId === "from_the_start" && !runIds.includes(runId)) runIds.push(runId);
    write({ stage: "received", ...message, ...on(connection), ...fields });
    return message;
  };

  const route = (
    message: Partial<SyntheticEvent>,
    router = "MessageRouter",
    fields: Partial<SyntheticEvent> = {},
  ): void => {
    write({ stage: "routed", ...message, router, ...fields });
  };

  const claim = (): Partial<SyntheticEvent> =>
    style.claim === "none" ? {} : { userId: style.claim === "owner" ? user : threadId };

  const message = (type: string, fields: Partial<SyntheticEvent> = {}): Message => ({
    type,
    agentName: "supervisor",
    ...thread(),
    runId,
    ...claim(),
    ...(style.outboundIds === "none"
      ? {}
      : {
          messageId:
            style.outboundIds === "unique" ? `${prefix}out${count("outbound")}` : String(count(`outbound of ${runId}`)),
        }),
    ...(style.seq ? { seq: count(`seq of ${runId}`) } : {}),
    ...fields,
  });

  const emit = (type: string, fields: Partial<SyntheticEvent> = {}): Message => {
    const emitted = message(type, fields);
    const isFirst = !events.some((event) => event.stage === "emitted" && event.runId === runId);
    const request = inboundIds[inboundIds.length - 1];
    if (!runIds.includes(runId)) runIds.push(runId);
    write({ stage: "emitted", ...emitted, ...(isFirst && request !== undefined ? { inReplyTo: request } : {}) });
    const { outcome: _outcome, errorCode: _errorCode, scope: _scope, ...shared } = emitted;
    return shared;
  };

  const onDelivery = (sent: Message): Partial<SyntheticEvent> => {
    if (style.runOnDeliveries) return sent;
    const { runId: _runId, ...rest } = sent;
    return rest;
  };

  const send = (sent: Message, to: Connection | null, fields: Partial<SyntheticEvent> = {}): void => {
    write({ stage: "sent", ...onDelivery(sent), router: "MessageRouter", ...on(to), ...fields });
  };

  const ack = (sent: Message, to: Connection): void => {
    const { seq: _seq, ...rest } = onDelivery(sent);
    write({ stage: "acked", ...rest, ...on(to) });
  };

  /** To every open connection of the user, with its acks. */
  const sendToAll = (sent: Message): void => {
    for (const connection of [...openConnections]) {
      send(sent, connection);
      if (style.acks) ack(sent, connection);
    }
  };

  const deliver = (type: string, fields: Partial<SyntheticEvent> = {}): Message => {
    const sent = emit(type, fields);
    sendToAll(sent);
    linger(20, 300);
    return sent;
  };

  return {
    setting,
    style,
    prng,
    user,
    threadId,
    thread,
    events,
    runIds,
    inboundIds,
    openConnections,
    bystanders: setting.bystanders,
    /** Findings beside the fault's own, which the script's variations brought in. */
    added,
    wait,
    linger,
    mishap,
    write,
    on,
    open,
    close,
    receive,
    route,
    emit,
    send,
    ack,
    sendToAll,
    deliver,
    nowMs: () => nowMs,
    runId: () => runId,
    /** From here on another run speaks. */
    startRun: (id: string) => {
      runId = id;
    },
  };
}
