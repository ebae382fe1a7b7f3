/** Why a Socket.IO connection ended, as a WebSocket close code (RFC 6455 §7.4). */
import type { Socket } from "socket.io";

const LEFT = 1000;
const GOING_AWAY = 1001;
const PROTOCOL_ERROR = 1002;
const ABNORMAL = 1006;
const KICKED = 1008;

/**
 * `client namespace disconnect` is a person leaving. A server that ends the connection of one of its users is not
 * (1008), and a transport that just closed has the code of its close frame, else 1006.
 */
export function closeCodeOf(reason: string, closeFrameCode: number | null): number {
  switch (reason) {
    case "client namespace disconnect":
      return LEFT;
    case "server shutting down":
      return GOING_AWAY;
    case "server namespace disconnect":
      return KICKED;
    case "parse error":
      return PROTOCOL_ERROR;
    case "transport close":
      return closeFrameCode ?? ABNORMAL;
    default:
      return ABNORMAL;
  }
}

interface ClosableWebSocket {
  prependListener(event: "close", listener: (code: number) => void): unknown;
}

const isClosable = (value: unknown): value is ClosableWebSocket =>
  typeof value === "object" && value !== null && "prependListener" in value;

/** Remembers the code of the WebSocket's close frame, which Socket.IO itself does not tell (a page that is left sends 1001). */
export function watchCloseFrame(socket: Socket): () => number | null {
  let code: number | null = null;
  const watch = (transport: object) => {
    const webSocket = "socket" in transport ? transport.socket : null;
    if (!isClosable(webSocket)) return;
    webSocket.prependListener("close", (closeCode) => {
      code = closeCode;
    });
  };
  watch(socket.conn.transport);
  socket.conn.on("upgrade", watch);
  return () => code;
}
