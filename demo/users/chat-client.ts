/** One tab: a real connection, and an outbox of requests that no agent has begun to answer. */
import { io, type Socket } from "socket.io-client";
import { CHAT_NAMESPACE, type ChatFrame } from "../chat/protocol";

export interface OutgoingMessage {
  type: string;
  messageId: string;
  threadId: string;
  text: string;
}

export interface ChatClient {
  say(message: OutgoingMessage, expectsAnswer: boolean): void;
  /** The network goes away: the transport closes, and nobody says goodbye. */
  drop(): void;
  reconnect(): void;
  leave(): void;
  connected(): boolean;
}

interface ChatClientOptions {
  url: string;
  token: string;
  received(connectionId: string, frame: ChatFrame): void;
}

/** A request is sent again once, on the next connection; after that the person gives up. */
const MAX_ATTEMPTS = 2;

export function createChatClient({ url, token, received }: ChatClientOptions): ChatClient {
  const unanswered = new Map<string, OutgoingMessage & { attempt: number }>();
  const socket: Socket = io(`${url}${CHAT_NAMESPACE}`, {
    auth: { token },
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
  });

  function send(message: OutgoingMessage & { attempt: number }) {
    socket.emit("message", message, () => undefined);
    if (message.attempt >= MAX_ATTEMPTS) unanswered.delete(message.messageId);
  }

  socket.on("connect", () => {
    for (const message of unanswered.values()) {
      message.attempt += 1;
      send(message);
    }
  });
  socket.on("agent", (frame: ChatFrame, confirm: () => void) => {
    received(socket.id ?? "", frame);
    confirm();
    unanswered.delete(frame.inReplyTo);
  });

  return {
    say(message, expectsAnswer) {
      const first = { ...message, attempt: socket.connected ? 1 : 0 };
      if (expectsAnswer) unanswered.set(message.messageId, first);
      if (socket.connected) send(first);
    },
    drop: () => socket.io.engine?.close(),
    reconnect: () => {
      socket.connect();
    },
    leave: () => {
      socket.disconnect();
    },
    connected: () => socket.connected,
  };
}
