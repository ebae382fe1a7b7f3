/** A Socket.IO server on a free port and clients of it, for tests. */
import { createServer } from "node:http";
import { Server } from "socket.io";
import { io as connect, type Socket } from "socket.io-client";

export interface TestServer {
  io: Server;
  url: string;
  client(namespace: string, auth?: Record<string, unknown>): Socket;
  close(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  const http = createServer();
  const io = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const clients: Socket[] = [];
  return {
    io,
    url,
    client(namespace, auth = {}) {
      const socket = connect(`${url}${namespace}`, {
        auth,
        transports: ["websocket"],
        forceNew: true,
        reconnection: false,
      });
      clients.push(socket);
      return socket;
    },
    async close() {
      for (const socket of clients) socket.disconnect();
      await io.close();
    },
  };
}
