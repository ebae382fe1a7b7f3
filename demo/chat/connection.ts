/** A socket as routers see it. Telemetry says `sent` where bytes are handed over, and `acked` when the client confirms. */
import type { Socket } from "socket.io";
import type { EmitterEvent } from "@/emitter/event";
import { aboutEvent, type Connection } from "../routers/ports";
import type { ChatFrame } from "./protocol";

export function createConnection(socket: Socket, userId: string, report: (event: EmitterEvent) => void): Connection {
  return {
    id: socket.id,
    userId,
    get open() {
      return socket.connected;
    },
    write(event, router, acknowledged) {
      const about = { ...aboutEvent(event), connectionId: socket.id };
      report({ stage: "sent", ...about, router });
      if (!socket.connected) return;
      const frame: ChatFrame = {
        type: event.type,
        messageId: event.messageId,
        runId: event.runId,
        threadId: event.threadId,
        inReplyTo: event.inReplyTo,
        agentName: event.agentName,
        text: event.text,
        ...(event.parentAgent === undefined ? {} : { parentAgent: event.parentAgent }),
        ...(event.toolName === undefined ? {} : { toolName: event.toolName }),
        ...(event.outcome === undefined ? {} : { outcome: event.outcome }),
      };
      socket.emit("agent", frame, () => {
        report({ stage: "acked", ...about });
        acknowledged?.();
      });
    },
  };
}
