/** Wraps the event router for tool output: only what belongs to the thread's current run goes through. */
import { type AgentEvent, aboutEvent, type Backend } from "../ports";
import type { WebSocketEventRouter } from "./web-socket-event-router";

export class UserScopedWebSocketEventRouter {
  private readonly scopes = new Map<string, { runId: string; userId: string }>();

  constructor(
    private readonly backend: Backend,
    private readonly inner: WebSocketEventRouter,
  ) {}

  open(threadId: string, runId: string, userId: string): void {
    this.scopes.set(threadId, { runId, userId });
  }

  close(threadId: string): void {
    this.scopes.delete(threadId);
  }

  async route(event: AgentEvent): Promise<void> {
    this.backend.report({ stage: "routed", ...aboutEvent(event), router: "UserScopedWebSocketEventRouter" });
    const scope = this.scopes.get(event.threadId);
    if (scope?.runId !== event.runId) return;
    await this.backend.loadProfile(scope.userId);
    this.inner.send(event);
  }
}
