/** Wires every part around one HTTP server: storage, ingest, sources, judge, read API, live rooms, pages. */
import type { Server as HttpServer, IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Logger } from "pino";
import { Server as SocketServer } from "socket.io";
import { createAllowRequest } from "./access/allow-request";
import { createAccess } from "./access/create-access";
import { createPageGuard } from "./access/guard-page";
import type { Config } from "./config";
import { createHttpApp, isHttpPath } from "./http/create-http-app";
import { createIngest } from "./ingest/create-ingest";
import { loadInstallationSecret } from "./ingest/installation-secret";
import { attachPush } from "./ingest/push";
import { registerTelemetryRoutes } from "./ingest/telemetry-routes";
import { createJudge } from "./judge/create-judge";
import { attachLive } from "./live/attach-live";
import { servePages } from "./pages/serve-pages";
import { createQueries } from "./queries/create-queries";
import { startSources } from "./sources/start-sources";
import { openStorage } from "./storage/open-storage";
import { startRetention } from "./storage/retention";
import { settlePolicy } from "./storage/settle-policy";
import { VERSION } from "./version";

const MAX_SOCKET_MESSAGE_BYTES = 20 * 1024 * 1024;
const JUDGE_WORKERS = 1;
const CLOSE_MS = 3_000;

export interface AppOptions {
  config: Config;
  /** Already listening; it answers nothing but the health check until the app takes over. */
  server: HttpServer;
  log: Logger;
  root: string;
  /** Show a sign-in link even where standard output is no terminal. */
  printLink: boolean;
}

export interface App {
  /** Stops taking, finishes what was taken, then closes everything. */
  stop(): Promise<void>;
}

export async function startApp({ config, server, log, root, printLink }: AppOptions): Promise<App> {
  const nowMs = Date.now;
  const publicUrl = () => config.publicUrl ?? localUrl(config, server);
  const storage = await openStorage(config, join(root, "prisma", "migrations"), log);
  const { db } = storage;
  const retention = startRetention({
    db,
    retentionMs: config.retentionMs,
    maxBytes: config.maxDiskBytes,
    nowMs,
    log: (line) => log.info(line),
  });
  await retention.run();

  const policy = await settlePolicy(db, config.policy);
  const access = createAccess({ db, adminKey: config.adminKey, publicUrl, nowMs });
  const judge = createJudge({
    db,
    log,
    nowMs,
    workers: JUDGE_WORKERS,
    policy,
    onJudged: (change) => live.publish(change),
  });
  const ingest = createIngest({
    db,
    secret: await loadInstallationSecret(db),
    policyOf: () => policy,
    retentionMs: config.retentionMs,
    allowedFields: config.allowedFields,
    storageFull: () => retention.storageFull(),
    onCommit: () => judge.nudge(),
    onError: (error) => log.error({ err: error }, "telemetry could not be stored"),
  });
  const queries = createQueries({ db, nowMs, judge });
  const io = new SocketServer({
    serveClient: false,
    maxHttpBufferSize: MAX_SOCKET_MESSAGE_BYTES,
    allowRequest: createAllowRequest(access),
  });
  const live = attachLive(io, { access, queries, nowMs, log });
  attachPush(io, { ingest, access, log, nowMs });

  const pages = await servePages(root, config.development);
  let ready = false;
  const http = await createHttpApp({
    db,
    access,
    queries,
    nowMs,
    log,
    version: VERSION,
    live,
    ready: () => ready,
    registerTelemetry: (scope) => registerTelemetryRoutes(scope, { ingest, access, nowMs }),
  });
  await http.ready();

  const guardPage = createPageGuard(access, { development: config.development });
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (isHttpPath(request.url ?? "/")) {
      http.routing(request, response);
      return;
    }
    guardPage(request, response)
      .then((open) => (open ? pages.handle(request, response) : undefined))
      .catch((error: unknown) => {
        log.error({ err: error }, "a page failed");
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
  });
  // Attached last: Socket.IO passes on what is not its own to the listeners that stand already.
  io.attach(server, { destroyUpgrade: !config.development });
  if (config.development) {
    server.on("upgrade", (request, socket, head) => {
      if (!request.url?.startsWith("/socket.io/")) void pages.handleUpgrade(request, socket, head);
    });
  }

  judge.start();
  const sources = await startSources({
    sources: config.sources,
    db,
    ingest,
    log,
    onChange: () => live.sourcesChanged(),
  });
  ready = true;
  log.info(`Signalbox ${VERSION} is ready on ${publicUrl()}`);
  if (printLink || process.stdout.isTTY) {
    const link = await access.createSignInLink("owner");
    process.stdout.write(`\n  Sign in (once, within 10 minutes):\n\n    ${link}\n\n`);
  } else {
    log.info("no terminal to show a sign-in link on; bin/signalbox invite <name> makes one");
  }

  return {
    async stop() {
      ready = false;
      await sources.stop();
      live.close();
      // Answers under way get a moment; a reader that never finishes must not hold up the stop.
      const patience = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await io.close();
      clearTimeout(patience);
      await ingest.idle();
      await judge.stop();
      await http.close();
      await pages.close();
      server.closeAllConnections();
      await retention.stop();
      await storage.close();
    },
  };
}

function localUrl(config: Config, server: HttpServer): string {
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : config.port;
  const host = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(config.host) ? "localhost" : config.host;
  return `http://${host}:${port}`;
}
