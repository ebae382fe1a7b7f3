/**
 * Writes the telemetry of one journey step by step, as a chat server would report it. Faults are scripts that leave
 * a step out, repeat it or do it wrongly. Time moves only by `wait` and by a few ms for each step.
 */
import type { FindingCode } from "@/domain/journeys/types";
import type { Prng } from "./prng";
import type { Style } from "./style";
import type { StormEvent } from "./types";

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
export type Message = Partial<StormEvent> & { type: string };

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
}

export type Script = ReturnType<typeof createScript>;

export function createScript(setting: ScriptSetting) {
  const { prng, style, user, prefix } = setting;
  const threadId = `${prefix}thread`;
  const runIds: string[] = [];
  const inboundIds: string[] = [];
  const events: StormEvent[] = [];
  const openConnections: Connection[] = [];
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

  const write = (event: Partial<StormEvent> & Pick<StormEvent, "stage">): StormEvent => {
    const written: StormEvent = {
      id: `${prefix}e${count("event")}`,
      time: new Date(nowMs).toISOString(),
      environment: setting.environment,
      ...event,
      ...(event.type === undefined ? {} : { type: (style.aliases && ALIASES[event.type]) || event.type }),
    };
    events.push(written);
    wait(prng.int(2, 6));
    return written;
  };

  const on = (connection: Connection | null): Partial<StormEvent> =>
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

  const thread = (): Partial<StormEvent> => (style.threads ? { threadId } : {});

  /** Fields that a router sees on an inbound message. */
  const inbound = (messageId: string | undefined): Partial<StormEvent> => ({
    type: style.requestType,
    userId: user,
    ...thread(),
    ...(messageId === undefined ? {} : { messageId }),
    ...(style.runId === "from_the_start" ? { runId } : {}),
  });

  const receive = (fields: Partial<StormEvent> = {}): Partial<StormEvent> => {
    const message = inbound(inboundId());
    const connection = openConnections[0] ?? { id: `${prefix}unannounced`, instance: setting.instance };
    if (style.runId === "from_the_start" && !runIds.includes(runId)) runIds.push(runId);
    write({ stage: "received", ...message, ...on(connection), ...fields });
    return message;
  };

  const route = (message: Partial<StormEvent>, router = "MessageRouter", fields: Partial<StormEvent> = {}): void => {
    write({ stage: "routed", ...message, router, ...fields });
  };

  const claim = (): Partial<StormEvent> =>
    style.claim === "none" ? {} : { userId: style.claim === "owner" ? user : threadId };

  const message = (type: string, fields: Partial<StormEvent> = {}): Message => ({
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

  const emit = (type: string, fields: Partial<StormEvent> = {}): Message => {
    const emitted = message(type, fields);
    const isFirst = !events.some((event) => event.stage === "emitted" && event.runId === runId);
    const request = inboundIds[inboundIds.length - 1];
    if (!runIds.includes(runId)) runIds.push(runId);
    write({ stage: "emitted", ...emitted, ...(isFirst && request !== undefined ? { inReplyTo: request } : {}) });
    const { outcome: _outcome, errorCode: _errorCode, scope: _scope, ...shared } = emitted;
    return shared;
  };

  const onDelivery = (sent: Message): Partial<StormEvent> => {
    if (style.runOnDeliveries) return sent;
    const { runId: _runId, ...rest } = sent;
    return rest;
  };

  const send = (sent: Message, to: Connection | null, fields: Partial<StormEvent> = {}): void => {
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

  const deliver = (type: string, fields: Partial<StormEvent> = {}): Message => {
    const sent = emit(type, fields);
    sendToAll(sent);
    wait(prng.int(20, 300));
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
