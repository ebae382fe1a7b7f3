/** Gets a server running that this process started and owns, or says why it cannot be had. */
import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import type { Binaries } from "./binaries";
import { type DataHome, SUPERUSER } from "./data-home";
import { EmbeddedPostgresError } from "./errors";
import { claim } from "./ownership";
import { findPostmaster, serverLogTail, spawnPostmaster, stopPostmaster } from "./postmaster";

const START_LIMIT_MS = 120_000;
const LOOK_AGAIN_MS = 25;
/** How long the connection of an owner that just died may take to vanish. */
const RELEASE_LIMIT_MS = 3_000;
/** A start that another start, or the remains of a killed server, stood in the way of. */
const PASSING_TROUBLE = /shared memory block|lock file|another postmaster|shut(ting)? down/i;

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
  let child: ChildProcess | null = null;
  for (; Date.now() - startedMs < START_LIMIT_MS; await wait(LOOK_AGAIN_MS)) {
    const server = findPostmaster(home.data);
    if (!server) {
      if (child === null || hasEnded(child)) child = startAnew(site, child !== null);
      continue;
    }
    const result = await claim(urlOf(server.socketDir, password, "postgres"));
    if (result.state === "taken") {
      takenSinceMs ??= Date.now();
      if (Date.now() - takenSinceMs > RELEASE_LIMIT_MS) throw inUse(site, server.pid);
    } else if (result.state === "owned") {
      if (server.pid === child?.pid) return result.connection;
      site.log(`stopping a PostgreSQL that a killed process left behind (process ${server.pid})`);
      await stopPostmaster(server.pid);
      await result.connection.end().catch(() => undefined);
    }
  }
  throw failed(`PostgreSQL did not start in time.\n${serverLogTail(home)}`);
}

/** For a client on this machine that may enter the socket's folder. */
export function urlOf(socketDir: string, password: string, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@localhost/${database}?host=${encodeURIComponent(socketDir)}`;
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function startAnew({ home, binaries, socketDir, settings }: Site, again: boolean): ChildProcess {
  const tail = again ? serverLogTail(home) : "";
  if (again && !PASSING_TROUBLE.test(tail)) throw failed(`PostgreSQL did not start.\n${tail}`);
  return spawnPostmaster(home, binaries, socketDir, settings);
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
