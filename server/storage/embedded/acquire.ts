/** Gets a server running that this process started and owns, or says why it cannot be had. */
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import type { Binaries } from "./binaries";
import { type DataHome, SUPERUSER } from "./data-home";
import { EmbeddedPostgresError } from "./errors";
import { claim } from "./ownership";
import {
  findPostmaster,
  hasEnded,
  keepLog,
  readLog,
  type StartedServer,
  spawnPostmaster,
  stopPostmaster,
} from "./postmaster";

const START_LIMIT_MS = 120_000;
const LOOK_AGAIN_MS = 25;
/** How long the connection of an owner that just died may take to vanish. */
const RELEASE_LIMIT_MS = 3_000;
/** The log of a start that failed for another start, or for the remains of a killed server. */
const PASSING_TROUBLE =
  /shared memory block|already exists|lock file .* is empty|another postmaster|received \w+ shutdown request/;

export interface Site {
  home: DataHome;
  binaries: Binaries;
  socketDir: string;
  password: string;
  /** As the person named it. */
  dataDir: string;
  settings: Readonly<Record<string, string>>;
  log: (line: string) => void;
}

/**
 * Resolves to the connection that proves ownership; while it lives, no other Signalbox can have the data directory.
 * A server that a killed process left behind is stopped first, so that the one that runs is ours in every setting.
 */
export async function acquire(site: Site): Promise<Client> {
  const { home, password } = site;
  const startedMs = Date.now();
  let takenSinceMs: number | null = null;
  let started: StartedServer | null = null;
  for (; Date.now() - startedMs < START_LIMIT_MS; await wait(LOOK_AGAIN_MS)) {
    const server = findPostmaster(home.data);
    if (!server) {
      if (started === null || hasEnded(started)) started = startAnew(site, started);
      continue;
    }
    if (server.socketDir === null) continue;
    const result = await claim(urlOf(server.socketDir, password, "postgres"));
    if (result.state === "taken") {
      takenSinceMs ??= Date.now();
      if (Date.now() - takenSinceMs > RELEASE_LIMIT_MS) throw inUse(site, server.pid);
    } else if (result.state === "owned") {
      if (started !== null && server.pid === started.child.pid) {
        keepLog(home, started);
        return result.connection;
      }
      site.log(`stopping a PostgreSQL that a killed process left behind (process ${server.pid})`);
      await stopPostmaster(server.pid);
      await result.connection.end().catch(() => undefined);
    }
  }
  throw failed(`PostgreSQL did not start in time.\n${started ? lastLines(readLog(started)) : ""}`);
}

/** For a client on this machine that may enter the socket's folder. */
export function urlOf(socketDir: string, password: string, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@localhost/${database}?host=${encodeURIComponent(socketDir)}`;
}

function startAnew({ home, binaries, socketDir, settings }: Site, before: StartedServer | null): StartedServer {
  const log = before ? readLog(before) : "";
  const passing = log === "" || before?.child.signalCode !== null || PASSING_TROUBLE.test(log);
  if (!passing) throw failed(`PostgreSQL did not start.\n${lastLines(log)}`);
  return spawnPostmaster(home, binaries, socketDir, settings);
}

function lastLines(log: string): string {
  return log.split("\n").slice(-6).join("\n");
}

function failed(message: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError("start_failed", message.trim());
}

function inUse({ dataDir }: Site, pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    "data_dir_in_use",
    `Another Signalbox is running on ${dataDir} (its PostgreSQL is process ${pid}). ` +
      "Stop it, or choose another SIGNALBOX_DATA_DIR.",
  );
}
