/** Which connections are open right now, as far as the emitter was told, with the events that said so. */
import type { WireEvent } from "./event";

export interface OpenConnections {
  observe(event: WireEvent): void;
  /** The open connections as they are announced to a subscriber: the same events at their own times, marked as repeated. */
  announce(): WireEvent[];
  count(): number;
}

/** Stable, so that announcing the same connection again changes nothing; sorts right behind the original id. */
const announcedId = (id: string) => `${id}~open`;

export function createOpenConnections(): OpenConnections {
  const open = new Map<string, { opened: WireEvent | null; authenticated: WireEvent[] }>();

  return {
    observe(event) {
      const id = event.connectionId;
      if (id === undefined) return;
      if (event.stage === "connection_opened") open.set(id, { opened: event, authenticated: [] });
      if (event.stage === "connection_closed" || event.stage === "connection_rejected") open.delete(id);
      if (event.stage === "connection_authenticated" && event.outcome !== "error") {
        const entry = open.get(id) ?? { opened: null, authenticated: [] };
        entry.authenticated.push(event);
        open.set(id, entry);
      }
    },
    announce() {
      return [...open.values()].flatMap(({ opened, authenticated }) =>
        [...(opened ? [opened] : []), ...authenticated].map((event) => ({
          ...event,
          id: announcedId(event.id),
          attributes: { ...event.attributes, snapshot: true },
        })),
      );
    },
    count: () => open.size,
  };
}
