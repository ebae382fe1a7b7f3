/** Next behind our own server: it renders pages and serves their assets, and knows nothing of the API or the database. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Hot reload's socket, in development only. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): Promise<void>;
}

export async function servePages(root: string, development: boolean): Promise<Pages> {
  const app = next({ dev: development, dir: root, customServer: true });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return {
    handle: (request, response) => handle(request, response),
    handleUpgrade: (request, socket, head) => upgrade(request, socket, head),
    close: () => app.close(),
  };
}
