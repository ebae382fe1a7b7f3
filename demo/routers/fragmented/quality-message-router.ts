/** Came with the answer-quality project: scores what it knows, and took over starting agents by button. */
import { type Answer, aboutMessage, type Backend, type Connection, type InboundMessage } from "../ports";

/** Types that go to this router alone. */
const TAKEN_OVER = new Set(["start_agent", "agent_request", "quality_feedback"]);

interface QualityHandler {
  name: string;
  handle(connection: Connection, message: InboundMessage): void;
}

export class QualityMessageRouter {
  private readonly handlers: ReadonlyMap<string, QualityHandler>;

  constructor(
    private readonly backend: Backend,
    startFor: (userId: string, message: InboundMessage, goOn: () => boolean) => void,
  ) {
    this.handlers = new Map<string, QualityHandler>(
      Object.entries({
        start_agent: {
          name: "StartAgentHandler",
          handle: (connection: Connection, message: InboundMessage) =>
            startFor(connection.userId, message, () => connection.open),
        },
        chat: { name: "QualityScoreHandler", handle: () => undefined },
        quality_feedback: { name: "FeedbackHandler", handle: () => undefined },
      }),
    );
  }

  hasTakenOver(type: string): boolean {
    return TAKEN_OVER.has(type);
  }

  route(connection: Connection, message: InboundMessage): Answer {
    const handler = this.handlers.get(message.type);
    if (handler) {
      this.backend.report({
        stage: "routed",
        ...aboutMessage(message, connection.userId),
        router: "QualityMessageRouter",
        handler: handler.name,
      });
      handler.handle(connection, message);
    }
    return { status: "ok" };
  }
}
