/** The source's side of the telemetry stream over Socket.IO: checks the token, then one stream a connection. */
import { createHash, timingSafeEqual } from "node:crypto";
import { Namespace, type Server, type Socket } from "socket.io";
import { sourceAuth } from "@/contracts/source";
import type { Stream, StreamOutput } from "./stream";

export const SOURCE_NAMESPACE = "/signalbox";

export interface ServeOptions {
  /** What a subscriber must present. */
  token: string;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

export function serveStream(
  target: Server | Namespace,
  subscribe: (cursor: string | null, output: StreamOutput) => Stream,
  { token }: ServeOptions,
): { stop(): void } {
  if (!token) throw new Error("serve needs a token: telemetry is not for everybody");
  const namespace = target instanceof Namespace ? target : target.of(SOURCE_NAMESPACE);
  const expected = digest(token);

  namespace.use((socket, next) => {
    const auth = sourceAuth.safeParse(socket.handshake.auth);
    if (auth.success && timingSafeEqual(digest(auth.data.token), expected)) return next();
    next(Object.assign(new Error("unauthorized"), { data: { code: "unauthorized" } }));
  });

  function serveOne(socket: Socket) {
    const auth = sourceAuth.safeParse(socket.handshake.auth);
    const stream = subscribe(auth.success ? auth.data.cursor : null, {
      telemetry: (batch, acknowledged) => socket.emit("telemetry", batch, acknowledged),
      gap: (gap) => socket.emit("gap", gap),
    });
    socket.on("disconnect", () => stream.end());
  }

  namespace.on("connection", serveOne);
  return {
    stop() {
      namespace.off("connection", serveOne);
      namespace.disconnectSockets(true);
    },
  };
}
