/** The chat's first router: a chain of handlers, one router for the whole process. The first handler that can, does. */
import { type Answer, aboutMessage, type Backend, type InboundMessage } from "../ports";

export interface MessageHandler {
  readonly name: string;
  canHandle(type: string): boolean;
  handle(message: InboundMessage): void;
}

export class MessageRouter {
  private chain: MessageHandler[] = [];

  constructor(private readonly backend: Backend) {}

  addHandler(handler: MessageHandler): void {
    this.chain.unshift(handler);
  }

  removeHandler(handler: MessageHandler): void {
    this.chain = this.chain.filter((held) => held !== handler);
  }

  /** Whoever spoke last is likely to speak next, and need not be searched for. */
  moveToFront(handler: MessageHandler): void {
    this.removeHandler(handler);
    this.addHandler(handler);
  }

  async route(message: InboundMessage, userId: string): Promise<Answer> {
    await this.backend.loadThread(message.threadId);
    const handler = this.chain.find((held) => held.canHandle(message.type));
    const observation = { stage: "routed" as const, ...aboutMessage(message, userId), router: "MessageRouter" };
    if (!handler) {
      this.backend.report({ ...observation, outcome: "error", errorCode: "handler_not_found" });
      return { status: "error" };
    }
    this.backend.report({ ...observation, handler: handler.name });
    handler.handle(message);
    return { status: "ok" };
  }
}
