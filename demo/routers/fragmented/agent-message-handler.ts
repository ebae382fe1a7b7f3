/** What a connection registers on the message router: it starts agents for the user who connected. */
import type { Backend, Connection, InboundMessage } from "../ports";
import type { MessageHandler } from "./message-router";

export interface AgentMessageHandlerDependencies {
  backend: Backend;
  startFor(userId: string, message: InboundMessage): void;
  resume(connection: Connection): void;
}

export class AgentMessageHandler implements MessageHandler {
  readonly name = "AgentMessageHandler";
  private readonly actions: ReadonlyMap<string, (message: InboundMessage) => void>;

  constructor(connection: Connection, { backend, startFor, resume }: AgentMessageHandlerDependencies) {
    const start = (message: InboundMessage) => startFor(connection.userId, message);
    const nothingToDo = () => undefined;
    this.actions = new Map(
      Object.entries({
        user_message: start,
        chat: start,
        stop_agent: (message: InboundMessage) => backend.stopRuns(connection.userId, message.threadId),
        resume: () => resume(connection),
        typing: nothingToDo,
        get_history: nothingToDo,
      }),
    );
  }

  canHandle(type: string): boolean {
    return this.actions.has(type);
  }

  handle(message: InboundMessage): void {
    this.actions.get(message.type)?.(message);
  }
}
