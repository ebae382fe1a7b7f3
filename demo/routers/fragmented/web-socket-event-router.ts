/**
 * Sends agent events, from a connection pool of its own. A run looks its user's connections up once, when it begins,
 * and writes to those places from then on.
 */
import { type AgentEvent, aboutEvent, type Backend, type Connection } from "../ports";

export const EVENT_ROUTER = "WebSocketEventRouter";

export class WebSocketEventRouter {
  private readonly pool: Connection[] = [];
  private readonly places = new Map<string, number[]>();

  constructor(private readonly backend: Backend) {}

  /** Puts a connection in the first place that nobody uses. */
  register(connection: Connection): void {
    const unused = this.pool.findIndex((held) => !held.open);
    this.pool[unused === -1 ? this.pool.length : unused] = connection;
  }

  begin(runId: string, userId: string): void {
    const places = [...this.pool.keys()].filter((place) => {
      const held = this.pool[place];
      return held?.open && held.userId === userId;
    });
    this.places.set(runId, places);
  }

  end(runId: string): void {
    this.places.delete(runId);
  }

  route(event: AgentEvent): void {
    this.backend.report({ stage: "routed", ...aboutEvent(event), router: EVENT_ROUTER });
    this.send(event);
  }

  /** Returns how many sends succeeded; a broadcast counts as one. */
  send(event: AgentEvent): number {
    const places = this.places.get(event.runId) ?? [];
    if (places.length === 0) {
      this.backend.report({ stage: "sent", ...aboutEvent(event), router: EVENT_ROUTER });
      return 1;
    }
    for (const place of places) this.pool[place]?.write(event, EVENT_ROUTER);
    return places.length;
  }
}
