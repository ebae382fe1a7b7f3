/**
 * The chat backend: one HTTP server with the chat page, the clients' sockets and the telemetry stream. Everything it
 * reports, it reports where it happens: read from a socket, routed, emitted by an agent, handed to a socket, confirmed.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Server, type Socket } from "socket.io";
import { type Emitter, instrument } from "@/emitter/index";
import type { Pace } from "../pace";
import { aboutMessage, type Backend, type RoutingLayer } from "../routers/ports";
import { createAgentRuntime } from "./agent-runtime";
import { createConnection } from "./connection";
import { CHAT_NAMESPACE, chatMessage } from "./protocol";
import type { SignIn } from "./sign-in";
import { createStore } from "./store";

export interface ChatServerOptions {
  seed: string;
  idPrefix: string;
  host: string;
  port: number;
  telemetryToken: string;
  emitter: Emitter;
  signIn: SignIn;
  pace: Pace;
  createRouting(backend: Backend): RoutingLayer;
  /** Answers plain HTTP requests. */
  page(request: IncomingMessage, response: ServerResponse): void;
}

export interface ChatServer {
  url: string;
  close(): Promise<void>;
}

export async function startChatServer(options: ChatServerOptions): Promise<ChatServer> {
  const { seed, idPrefix, emitter, signIn, pace } = options;
  const http = createServer(options.page);
  const io = new Server(http, { allowRequest: (request, decide) => decide(null, isOwnPage(request)) });
  const report = emitter.emit;

  const runtime = createAgentRuntime({
    seed,
    idPrefix,
    pace,
    report,
    deliver: (event) => routing.outbound(event),
    ended: (runId, threadId) => routing.runEnded(runId, threadId),
  });
  const routing = options.createRouting({ report, ...createStore(seed, pace), ...runtime });

  const namespace = io.of(CHAT_NAMESPACE);
  const instrumentation = instrument(namespace, emitter, { userOf: (socket) => socket.data.userId });
  namespace.use(
    instrumentation.guard((socket, next) => {
      const userId = signIn.verify(socket.handshake.auth.token);
      if (userId === null) return next(new Error("unauthorized"));
      socket.data.userId = userId;
      next();
    }),
  );
  namespace.on("connection", (socket) => serveClient(socket));
  emitter.serve(io, { token: options.telemetryToken });

  let everybodyLeft: () => void = () => undefined;
  /** Whoever is on the way out is let out first. */
  function leaveTaking(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (namespace.sockets.size === 0) return resolve();
      const timer = setTimeout(resolve, timeoutMs);
      everybodyLeft = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function serveClient(socket: Socket) {
    const userId = String(socket.data.userId);
    const connection = createConnection(socket, userId, report);
    routing.connected(connection);
    socket.on("disconnect", () => {
      routing.disconnected(connection);
      if (namespace.sockets.size === 0) everybodyLeft();
    });
    socket.on("message", async (body: unknown, answer: unknown) => {
      const parsed = chatMessage.safeParse(body);
      if (!parsed.success) {
        report({
          stage: "received",
          type: "unknown",
          connectionId: socket.id,
          outcome: "error",
          errorCode: "malformed",
        });
        return;
      }
      const message = parsed.data;
      report({ stage: "received", ...aboutMessage(message, userId), connectionId: socket.id });
      const result = await routing.inbound(connection, message);
      if (typeof answer === "function") answer(result);
    });
  }

  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port, options.host, resolve);
  });
  const address = http.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  return {
    url: `http://${options.host}:${port}`,
    async close() {
      await leaveTaking(500);
      namespace.disconnectSockets(true);
      await emitter.flush(2_000);
      await io.close();
    },
  };
}

/** Browsers say which page opens a socket; only the chat's own may. Programs say nothing. */
function isOwnPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
