/** A real HTTP server that keeps what it is sent and answers as it is told. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}
export type Answer = (response: ServerResponse, received: Received) => void;

export interface Receiver {
  url: string;
  port: number;
  received: Received[];
  /** Resolves when so many requests have come in altogether. */
  until(count: number): Promise<Received[]>;
  /** Answers of the next requests, one each; after them 200. */
  answer(...answers: Answer[]): void;
  /** Forgets what was received and how to answer. */
  reset(): void;
  close(): Promise<void>;
}

export const status =
  (code: number, headers: Record<string, string> = {}, body = ""): Answer =>
  (response) => {
    response.writeHead(code, headers).end(body);
  };

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const text = Buffer.concat(parts).toString("utf8");
    const one = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body: parsed(text) };
    received.push(one);
    (answers.shift() ?? status(200, {}, "ok"))(response, one);
    for (const look of [...waiting]) look();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    answer: (...given) => answers.push(...given),
    reset() {
      received.length = 0;
      answers.length = 0;
    },
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve(received);
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
