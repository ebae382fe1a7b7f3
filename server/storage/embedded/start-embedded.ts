/** The embedded PostgreSQL: real server programs from npm as a child process, durable, reachable by this user only. */
import type { ChildProcess } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { type Binaries, prepareBinaries } from "./binaries";
import { type DataHome, locateHome, makeSharedDir, prepareData, SHARED_DIR, SUPERUSER } from "./data-home";
import { EmbeddedPostgresError } from "./errors";
import { claim } from "./ownership";
import { findPostmaster, serverLogTail, spawnPostmaster, stopPostmaster } from "./postmaster";
import { isRoot } from "./server-user";

export interface EmbeddedOptions {
  /** Signalbox's data directory; the database lies in `postgres` below it. */
  dataDir: string;
  log: (line: string) => void;
  /** The server cannot be had back after it went away; nothing more can be stored. */
  onLost?: (error: Error) => void;
  /** Server settings that differ from the defaults, for tests. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Connects to the database `signalbox`. */
  url: string;
  /** Stops the server and flushes its data. */
  stop(): Promise<void>;
}

const DATABASE = "signalbox";
const START_LIMIT_MS = 120_000;
/** How long the connection of an owner that just died may take to vanish. */
const RELEASE_LIMIT_MS = 3_000;
const MAX_SOCKET_PATH_BYTES = 100;

interface Running {
  home: DataHome;
  binaries: Binaries;
  socketDir: string;
  password: string;
  options: EmbeddedOptions;
}

/**
 * Starts the server, restarts it should it die, and stops what a killed parent left behind.
 * @throws EmbeddedPostgresError with a `code`
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const home = locateHome(options.dataDir, options.log);
  if (isRoot()) makeSharedDir();
  const binaries = await prepareBinaries(home.user, isRoot() ? SHARED_DIR : options.dataDir, options.log);
  await prepareData(home, binaries);
  const password = readFileSync(join(home.dir, "password"), "utf8").trim();
  const running: Running = { home, binaries, password, options, socketDir: makeSocketDir(home) };

  let stopping = false;
  let owner = await acquire(running);
  await createDatabase(owner);
  const watch = () =>
    owner.once("end", async () => {
      if (stopping) return;
      options.log("the embedded PostgreSQL went away; starting it again");
      try {
        owner = await acquire(running);
        watch();
      } catch (error) {
        options.onLost?.(error instanceof Error ? error : new Error(String(error)));
      }
    });
  watch();

  return {
    url: urlOf(running.socketDir, password, DATABASE),
    stop: async () => {
      stopping = true;
      const server = findPostmaster(home.data);
      if (server) await stopPostmaster(server.pid);
      await owner.end().catch(() => undefined);
      if (!running.socketDir.startsWith(home.dir)) rmSync(running.socketDir, { recursive: true, force: true });
    },
  };
}

/** Ends with a server that this process started and owns. */
async function acquire({ home, binaries, socketDir, password, options }: Running): Promise<Client> {
  const startedAt = Date.now();
  let takenSince: number | null = null;
  let child: ChildProcess | null = null;
  for (; Date.now() - startedAt < START_LIMIT_MS; await wait(30)) {
    const server = findPostmaster(home.data);
    if (!server) {
      if (child === null || child.exitCode !== null || child.signalCode !== null) {
        if (child !== null) assertWorthRetrying(home);
        child = spawnPostmaster(home, binaries, socketDir, options.settings ?? {});
      }
      continue;
    }
    const result = await claim(urlOf(server.socketDir, password, "postgres"));
    if (result.state === "taken") {
      takenSince ??= Date.now();
      if (Date.now() - takenSince > RELEASE_LIMIT_MS) throw inUse(options.dataDir, server.pid);
    } else if (result.state === "owned") {
      if (server.pid === child?.pid) return result.connection;
      options.log(`a PostgreSQL left behind by a killed process (${server.pid}) is stopped and started again`);
      await stopPostmaster(server.pid);
      await result.connection.end().catch(() => undefined);
    }
  }
  throw new EmbeddedPostgresError("start_failed", `PostgreSQL did not start in time. ${serverLogTail(home)}`);
}

/** Processes of a killed server may hold its memory, and another start may be first, for a moment. */
function assertWorthRetrying(home: DataHome): void {
  const tail = serverLogTail(home);
  if (/shared memory block|lock file|is another postmaster/i.test(tail)) return;
  throw new EmbeddedPostgresError("start_failed", `PostgreSQL did not start. ${tail}`);
}

function inUse(dataDir: string, pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    "data_dir_in_use",
    `Another Signalbox is running on ${dataDir} (its PostgreSQL is process ${pid}). Stop it, or choose another SIGNALBOX_DATA_DIR.`,
  );
}

function makeSocketDir({ dir, user }: DataHome): string {
  const inside = join(dir, "socket");
  const fits = Buffer.byteLength(join(inside, ".s.PGSQL.5432")) <= MAX_SOCKET_PATH_BYTES;
  if (fits) mkdirSync(inside, { recursive: true });
  const socketDir = fits ? inside : mkdtempSync("/tmp/signalbox-");
  chmodSync(socketDir, 0o700);
  if (user) chownSync(socketDir, user.uid, user.gid);
  return socketDir;
}

function urlOf(socketDir: string, password: string, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@localhost/${database}?host=${encodeURIComponent(socketDir)}`;
}

async function createDatabase(owner: Client): Promise<void> {
  const { rowCount } = await owner.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
  if (rowCount === 0) await owner.query(`CREATE DATABASE ${DATABASE}`);
}
