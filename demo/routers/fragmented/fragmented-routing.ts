/** Four routers, each with its own idea of who is connected, as they were added one after the other. */
import type { AgentEvent, Backend, Connection, InboundMessage, RoutingLayer } from "../ports";
import { AgentMessageHandler } from "./agent-message-handler";
import { MessageRouter } from "./message-router";
import { QualityMessageRouter } from "./quality-message-router";
import { UserScopedWebSocketEventRouter } from "./user-scoped-web-socket-event-router";
import { WebSocketEventRouter } from "./web-socket-event-router";

export function createFragmentedRouting(backend: Backend): RoutingLayer {
  const events = new WebSocketEventRouter(backend);
  const scopedEvents = new UserScopedWebSocketEventRouter(backend, events);
  const messages = new MessageRouter(backend);
  const quality = new QualityMessageRouter(backend, startFor);
  const handlers = new Map<string, AgentMessageHandler>();

  function startFor(userId: string, message: InboundMessage, goOn?: () => boolean) {
    const { threadId, messageId: inReplyTo, text } = message;
    const runId = backend.startRun({ userId, threadId, inReplyTo, text, ...(goOn ? { goOn } : {}) });
    events.begin(runId, userId);
    scopedEvents.open(threadId, runId, userId);
  }

  return {
    connected(connection: Connection) {
      const resume = (resumed: Connection) => events.register(resumed);
      const handler = new AgentMessageHandler(connection, { backend, startFor, resume });
      handlers.set(connection.id, handler);
      messages.addHandler(handler);
      events.register(connection);
    },
    disconnected(connection: Connection) {
      const handler = handlers.get(connection.id);
      if (handler) messages.removeHandler(handler);
      handlers.delete(connection.id);
    },
    async inbound(connection: Connection, message: InboundMessage) {
      const answer = quality.route(connection, message);
      if (quality.hasTakenOver(message.type)) return answer;
      const handler = handlers.get(connection.id);
      if (handler) messages.moveToFront(handler);
      return messages.route(message, connection.userId);
    },
    outbound(event: AgentEvent) {
      if (event.toolName === undefined) events.route(event);
      else void scopedEvents.route(event);
    },
    runEnded(runId: string, threadId: string) {
      events.end(runId);
      scopedEvents.close(threadId);
    },
  };
}
