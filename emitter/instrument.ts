/** Reports the life of every connection of a Socket.IO namespace: opened, authenticated, refused, closed. */
import { Namespace, type Server, type Socket } from "socket.io";
import { closeCodeOf, watchCloseFrame } from "./close-code";
import type { Emitter } from "./create-emitter";

type Middleware = (socket: Socket, next: (error?: Error) => void) => void;

export interface InstrumentOptions {
  /** The user a connection was authenticated as; undefined while nobody is. */
  userOf(socket: Socket): string | undefined;
}

export interface Instrumentation {
  /** Wraps a middleware that may refuse a connection, so that refusals are reported too. */
  guard(middleware: Middleware): Middleware;
  /** A connection that gets its user only later: call when it has one. */
  authenticated(socket: Socket): void;
}

export function instrument(
  target: Server | Namespace,
  emitter: Emitter,
  { userOf }: InstrumentOptions,
): Instrumentation {
  const namespace = target instanceof Namespace ? target : target.of("/");

  function authenticated(socket: Socket) {
    const userId = userOf(socket);
    if (userId !== undefined) emitter.emit({ stage: "connection_authenticated", connectionId: socket.id, userId });
  }

  namespace.on("connection", (socket) => {
    const closeFrame = watchCloseFrame(socket);
    emitter.emit({
      stage: "connection_opened",
      timeMs: socket.handshake.issued,
      connectionId: socket.id,
      attributes: { transport: socket.conn.transport.name },
    });
    authenticated(socket);
    socket.on("disconnect", (reason) => {
      const userId = userOf(socket);
      emitter.emit({
        stage: "connection_closed",
        connectionId: socket.id,
        ...(userId === undefined ? {} : { userId }),
        attributes: { closeCode: closeCodeOf(reason, closeFrame()), reason: reason.replaceAll(" ", "_") },
      });
    });
  });

  return {
    authenticated,
    guard: (middleware) => (socket, next) =>
      middleware(socket, (error) => {
        if (error) {
          emitter.emit({
            stage: "connection_rejected",
            connectionId: socket.id,
            outcome: "error",
            errorCode: "auth_failed",
            errorMessage: error.message,
          });
        }
        next(error);
      }),
  };
}
