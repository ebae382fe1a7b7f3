/** Composition root: parses settings, opens the port, then the database, and wires every part. Nothing else wires. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import pino from "pino";
import { readConfig } from "./config";
import { errorFields } from "./error-fields";
import { startApp } from "./start-app";

/** The heap is collected when it is half as large again as what was alive: memory before speed. V8's own way doubles it and more. */
setFlagsFromString("--heap-growing-percent=50");

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Until the database is ready only the health check says anything useful. */
function starting(request: IncomingMessage, response: ServerResponse): void {
  const alive = request.url === "/healthz";
  response.writeHead(alive ? 200 : 503, { "content-type": "application/json", "retry-after": "1" });
  response.end(
    alive
      ? '{"status":"ok"}'
      : '{"error":{"code":"starting","message":"Signalbox is starting; try again in a moment."}}',
  );
}

async function main(): Promise<void> {
  const settings = readConfig();
  if (!settings.ok) fail(settings.message);
  const { config } = settings;
  const log = pino(
    { level: config.logLevel, base: null, serializers: { err: errorFields } },
    pino.destination({ dest: 2, sync: true }),
  );

  const server = createServer(starting);
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, () => resolve());
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") fail(`Port ${config.port} on ${config.host} is taken. Set PORT to another one.`);
    if (error.code === "EACCES")
      fail(`Port ${config.port} needs more rights than this user has. Set PORT to another one.`);
    fail(`Cannot listen on ${config.host}:${config.port}: ${error.message}`);
  });

  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopped.signal.aborted) return;
      stopped.abort();
      // A stop that hangs ends the process all the same: everything accepted is on disk, and the next start recognises the database.
      setTimeout(() => process.exit(1), 15_000).unref();
    });
  }

  const app = await startApp({
    config,
    server,
    log,
    root: ROOT,
    printLink: process.argv.includes("--print-link"),
  }).catch((error: unknown) => {
    log.fatal({ err: error }, "start failed");
    return fail(error instanceof Error ? error.message : String(error));
  });

  const stop = async () => {
    await app.stop();
    process.exit(0);
  };
  if (stopped.signal.aborted) await stop();
  stopped.signal.addEventListener("abort", () => void stop());
}

await main();
