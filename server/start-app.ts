/** Wires every part around one HTTP server: storage, ingest, sources, judge, read API, live rooms, pages. */
import type { Server as HttpServer, IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Logger } from "pino";
import { Server as SocketServer } from "socket.io";
import { createAllowRequest } from "./access/allow-request";
import { createAccess } from "./access/create-access";
import { createPageGuard } from "./access/guard-page";
import { createSender } from "./alerts/channels/create-sender";
import { enqueueNotification } from "./alerts/channels/enqueue";
import { createSeal } from "./alerts/channels/sealed-target";
import { createEvaluator } from "./alerts/create-evaluator";
import type { Config } from "./config";
import { createErasures } from "./erasure/create-erasures";
import { startErasedUsers } from "./erasure/erased-users";
import { createHttpApp, isHttpPath } from "./http/create-http-app";
import { keepEvidenceOfDay } from "./incidents/keep-evidence";
import { createByteBudget } from "./ingest/byte-budget";
import { createIngest } from "./ingest/create-ingest";
import { loadInstallationSecret } from "./ingest/installation-secret";
import { attachPush } from "./ingest/push";
import { MAX_BODY_BYTES } from "./ingest/read-body";
import { registerTelemetryRoutes } from "./ingest/telemetry-routes";
import { createJudge } from "./judge/create-judge";
import { attachLive } from "./live/attach-live";
import { servePages } from "./pages/serve-pages";
import { createQueries } from "./queries/create-queries";
import { createSettingsService } from "./settings/create-service";
import { startSettings } from "./settings/create-settings";
import { createPushedSources } from "./sources/pushed-sources";
import { startSources } from "./sources/start-sources";
import { openStorage } from "./storage/open-storage";
import { startRetention } from "./storage/retention";
import { settlePolicy } from "./storage/save-policy";
import { VERSION } from "./version";

const MAX_SOCKET_MESSAGE_BYTES = MAX_BODY_BYTES;
/** Telemetry that is read, parsed or being stored; as objects it takes several times its bytes. */
const MAX_TELEMETRY_BYTES = 2 * MAX_BODY_BYTES;
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
  await settlePolicy(db, config.policy);
  const settings = await startSettings({
    db,
    config,
    onError: (error) => log.warn({ err: error }, "settings could not be read; those read last hold"),
  });
  const retention = startRetention({
    db,
    limits: settings.limits,
    nowMs,
    beforeDrop: (day) =>
      keepEvidenceOfDay(db, day, nowMs(), (error) => log.error({ err: error }, "evidence could not be kept")),
    log: (line) => log.info(line),
  });
  await retention.run();

  const secret = await loadInstallationSecret(db);
  const erased = await startErasedUsers({
    db,
    secret,
    onError: (error) => log.warn({ err: error }, "erased users could not be read"),
  });
  const access = createAccess({
    db,
    adminKey: config.adminKey,
    publicUrl,
    nowMs,
    trustedProxies: config.trustedProxies,
    nameOf: erased.nameOf,
  });
  const judge = createJudge({
    db,
    log,
    nowMs,
    workers: JUDGE_WORKERS,
    policy: config.policy,
    onJudged: (change) => {
      if (change.incidentsChanged) alerts.wake(change.environment, "incidents");
      live.publish(change);
    },
  });
  const ingest = createIngest({
    db,
    secret,
    forget: erased.forget,
    typeAliases: settings.typeAliases,
    retentionMs: () => settings.limits().retentionMs,
    allowedFields: settings.allowedFields,
    storageFull: () => retention.storageFull(),
    onCommit: () => judge.nudge(),
    onError: (error) => log.error({ err: error }, "telemetry could not be stored"),
  });
  const erasures = createErasures({
    db,
    erased,
    nowMs,
    ingestIdle: () => ingest.idle(),
    onErased: () => judge.nudge(),
    onError: (error) => log.error({ err: error }, "an erasure failed; it goes on at the next start or request"),
  });
  const queries = createQueries({ db, nowMs, judge });
  const io = new SocketServer({
    serveClient: false,
    maxHttpBufferSize: MAX_SOCKET_MESSAGE_BYTES,
    allowRequest: createAllowRequest(access),
  });
  const live = attachLive(io, { access, queries, nowMs, log });
  const alerts = createEvaluator({
    ...{ db, nowMs, log },
    environments: queries.environments,
    enqueue: enqueueNotification,
    onEvaluated: (environment) => {
      sender.nudge();
      live.alertsChanged(environment);
    },
  });
  const budget = createByteBudget(MAX_TELEMETRY_BYTES);
  const pushedSources = createPushedSources({
    db,
    nowMs,
    onChange: () => live.sourcesChanged(),
    warn: (message) => log.warn(message),
  });
  attachPush(io, { ingest, access, sources: pushedSources, budget, log, nowMs });

  const seal = createSeal(config.channelKey ?? secret);
  const sender = createSender({
    ...{ db, seal, baseUrl: publicUrl, nowMs, random: Math.random },
    onAttempt: (environment) => live.deliveriesChanged(environment),
    onError: (error) => log.warn({ err: error }, "alerts could not be sent; they are tried again"),
  });
  const pages = await servePages(root, config.development);
  let ready = false;
  const http = await createHttpApp({
    db,
    access,
    queries,
    settings: createSettingsService({ db, settings, retention, nowMs, onPolicySaved: () => judge.nudge() }),
    nowMs,
    log,
    version: VERSION,
    erasures,
    onIncidentChanged: (environment) => {
      alerts.wake(environment, "incidents");
      live.incidentsChanged(environment);
    },
    channels: { seal, baseUrl: publicUrl },
    onAlertingChanged: (environment) => alerts.wake(environment, "everything"),
    live,
    ready: () => ready,
    registerTelemetry: (scope) => registerTelemetryRoutes(scope, { ingest, access, budget, nowMs }),
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
  alerts.start();
  sender.start();
  await erasures.resume();
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
    const link = await access.createSignInLink({ name: "owner", role: "admin" });
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
      await pushedSources.stop();
      await ingest.idle();
      await sender.stop();
      await erasures.stop();
      erased.stop();
      await judge.stop();
      await alerts.stop();
      await http.close();
      await pages.close();
      server.closeAllConnections();
      settings.stop();
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
