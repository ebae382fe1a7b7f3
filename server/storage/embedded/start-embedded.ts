/** The embedded PostgreSQL: real server programs from npm as a child process, durable, reachable by this user only. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { acquire, type Site, urlOf } from "./acquire";
import { prepareBinaries } from "./binaries";
import { type DataHome, locateHome, prepareData } from "./data-home";
import { findPostmaster, SOCKET_NAME, stopPostmaster } from "./postmaster";
import { isRoot } from "./server-user";

export interface EmbeddedOptions {
  /** Signalbox's data directory; the database lies in `postgres` below it. */
  dataDir: string;
  log: (line: string) => void;
  /** The server went away and cannot be had back; nothing more can be stored. */
  onLost?: (error: unknown) => void;
  /** Server settings that differ from the defaults, for tests. */
  settings?: Readonly<Record<string, string>>;
  /** Where root puts what the server's user cannot reach elsewhere. Default /var/lib/signalbox. */
  sharedDir?: string;
}

export interface EmbeddedPostgres {
  /** Connects to the database `signalbox`. Stays the same when the server is restarted. */
  url: string;
  /** Stops the server and flushes its data. */
  stop(): Promise<void>;
}

export const DATABASE = "signalbox";
export const SHARED_DIR = "/var/lib/signalbox";
/** Systems allow 103 to 107. */
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * Starts the server, and again should it die; stops first what a killed process left behind.
 * @throws EmbeddedPostgresError with a `code`
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, settings = {}, sharedDir = SHARED_DIR } = options;
  const home = locateHome(dataDir, sharedDir, log);
  const binaries = await prepareBinaries(home.user, isRoot() ? sharedDir : dataDir, log);
  await prepareData(home, binaries);
  const password = readFileSync(join(home.dir, "password"), "utf8").trim();
  const site: Site = { home, binaries, password, dataDir, settings, log, socketDir: makeSocketDir(home) };
  let owner: Client;
  try {
    owner = await acquire(site);
    await createDatabase(owner);
  } catch (error) {
    removeSocketDir(site);
    throw error;
  }

  let stopping = false;
  let restart: Promise<void> = Promise.resolve();
  const watch = () => {
    owner.once("end", () => {
      if (stopping) return;
      log("the embedded PostgreSQL went away; starting it again");
      restart = acquire(site).then((connection) => {
        owner = connection;
        watch();
      });
      restart.catch((error) => options.onLost?.(error));
    });
  };
  watch();

  const stop = async () => {
    stopping = true;
    await restart.catch(() => undefined);
    const server = findPostmaster(home.data);
    if (server) await stopPostmaster(server.pid);
    await owner.end().catch(() => undefined);
    removeSocketDir(site);
  };
  return { url: urlOf(site.socketDir, password, DATABASE), stop };
}

/** A private folder beside the data, or in /tmp where that path would be too long for a socket. */
function makeSocketDir({ dir, user }: DataHome): string {
  const inside = join(dir, "socket");
  const fits = Buffer.byteLength(join(inside, SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES;
  if (fits) mkdirSync(inside, { recursive: true });
  const socketDir = fits ? inside : mkdtempSync("/tmp/signalbox-");
  chmodSync(socketDir, 0o700);
  if (user) chownSync(socketDir, user.uid, user.gid);
  return socketDir;
}

function removeSocketDir({ socketDir, home }: Site): void {
  if (!socketDir.startsWith(home.dir)) rmSync(socketDir, { recursive: true, force: true });
}

async function createDatabase(owner: Client): Promise<void> {
  const { rowCount } = await owner.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
  if (rowCount === 0) await owner.query(`CREATE DATABASE ${DATABASE}`);
}
