/**
 * The one router: both directions, one idea of who is connected. A run belongs to the user whose connection asked,
 * and an event stays in that user's outbox until one of their connections has confirmed it.
 */
import {
  type AgentEvent,
  type Answer,
  aboutEvent,
  aboutMessage,
  type Backend,
  type Connection,
  type InboundMessage,
  type RoutingLayer,
} from "../ports";

const ROUTER = "CanonicalMessageRouter";
const MAX_OUTBOX = 500;
const MAX_REMEMBERED_MESSAGES = 200;

interface Recipient {
  connections: Set<Connection>;
  /** By message id, in the order of their emission. */
  outbox: Map<string, AgentEvent>;
  /** Requests already taken, so that a client may send again what it had no answer to. */
  taken: Set<string>;
}

export class CanonicalMessageRouter implements RoutingLayer {
  private readonly recipients = new Map<string, Recipient>();
  private readonly owners = new Map<string, string>();
  private readonly handlers: ReadonlyMap<string, (connection: Connection, message: InboundMessage) => void>;

  constructor(private readonly backend: Backend) {
    const start = (connection: Connection, message: InboundMessage) => this.start(connection.userId, message);
    const nothingToDo = () => undefined;
    this.handlers = new Map(
      Object.entries({
        user_message: start,
        chat: start,
        start_agent: start,
        agent_request: start,
        stop_agent: (connection: Connection, message: InboundMessage) =>
          backend.stopRuns(connection.userId, message.threadId),
        resume: nothingToDo,
        typing: nothingToDo,
        get_history: nothingToDo,
      }),
    );
  }

  connected(connection: Connection): void {
    const recipient = this.recipient(connection.userId);
    recipient.connections.add(connection);
    for (const event of recipient.outbox.values()) this.write(connection, recipient, event);
  }

  disconnected(connection: Connection): void {
    this.recipient(connection.userId).connections.delete(connection);
  }

  async inbound(connection: Connection, message: InboundMessage): Promise<Answer> {
    const { taken } = this.recipient(connection.userId);
    if (taken.has(message.messageId)) return { status: "ok" };
    remember(taken, message.messageId);
    await this.backend.loadThread(message.threadId);
    const handler = this.handlers.get(message.type);
    const observation = { stage: "routed" as const, ...aboutMessage(message, connection.userId), router: ROUTER };
    if (!handler) {
      this.backend.report({ ...observation, outcome: "error", errorCode: "handler_not_found" });
      return { status: "error" };
    }
    this.backend.report({ ...observation, handler: message.type });
    handler(connection, message);
    return { status: "ok" };
  }

  outbound(event: AgentEvent): void {
    this.backend.report({ stage: "routed", ...aboutEvent(event), router: ROUTER });
    const recipient = this.recipient(this.owners.get(event.runId) ?? event.userId);
    recipient.outbox.set(event.messageId, event);
    for (const connection of recipient.connections) this.write(connection, recipient, event);
    this.bound(recipient);
  }

  runEnded(runId: string): void {
    this.owners.delete(runId);
  }

  private start(userId: string, message: InboundMessage): void {
    const { threadId, messageId: inReplyTo, text } = message;
    this.owners.set(this.backend.startRun({ userId, threadId, inReplyTo, text }), userId);
  }

  private write(connection: Connection, recipient: Recipient, event: AgentEvent): void {
    connection.write(event, ROUTER, () => recipient.outbox.delete(event.messageId));
  }

  private bound({ outbox }: Recipient): void {
    for (const event of outbox.values()) {
      if (outbox.size <= MAX_OUTBOX) return;
      outbox.delete(event.messageId);
      this.backend.report({ stage: "dropped", ...aboutEvent(event), router: ROUTER, errorCode: "queue_full" });
    }
  }

  private recipient(userId: string): Recipient {
    const known = this.recipients.get(userId);
    if (known) return known;
    const recipient: Recipient = { connections: new Set(), outbox: new Map(), taken: new Set() };
    this.recipients.set(userId, recipient);
    return recipient;
  }
}

function remember(taken: Set<string>, messageId: string): void {
  taken.add(messageId);
  for (const oldest of taken) {
    if (taken.size <= MAX_REMEMBERED_MESSAGES) return;
    taken.delete(oldest);
  }
}
