/** The server process on one data directory: find it, start it, stop it. Knows nothing of who owns it. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Binaries } from "./binaries";
import type { DataHome } from "./data-home";
import { EmbeddedPostgresError } from "./errors";
import { isAlive, servesData } from "./processes";
import { SERVER_ENVIRONMENT, serverArguments } from "./settings";

const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
/** How long a server that starts may take to write its process id. */
const EMPTY_FILE_MS = 10_000;
/** Above every process id that a system gives out. */
const NO_PROCESS = 2_147_483_646;
export const SOCKET_NAME = ".s.PGSQL.5432";

export interface Postmaster {
  pid: number;
  /** null while it has not opened its socket. */
  socketDir: string | null;
}

/**
 * The living server on this data directory, whoever started it. The file of a dead one stays: PostgreSQL finds in it
 * whether processes of that server still use the data.
 */
export function findPostmaster(data: string): Postmaster | null {
  const file = join(data, "postmaster.pid");
  const lines = readLines(file);
  const pid = Number(lines[0] ?? 0);
  const socketDir = lines[4] || null;
  if (!isAlive(pid)) return null;
  if (servesData(pid, data)) return { pid, socketDir };
  // After a reboot, or in a new container, the id is some other process's, which PostgreSQL would take for its own.
  writeFileSync(file, [NO_PROCESS, ...lines.slice(1)].join("\n"));
  if (socketDir) rmSync(join(socketDir, `${SOCKET_NAME}.lock`), { force: true });
  return null;
}

/** Empty for a file that is not there. One that stays empty is what a crash at its making left; PostgreSQL would refuse it. */
function readLines(file: string): string[] {
  try {
    const content = readFileSync(file, "utf8");
    if (content === "" && Date.now() - statSync(file).mtimeMs > EMPTY_FILE_MS) rmSync(file, { force: true });
    return content.split("\n");
  } catch {
    return [];
  }
}

/** A server that was started here, and the file it writes about itself. */
export interface StartedServer {
  child: ChildProcess;
  log: string;
}

/** Starts the server in a process group of its own, so that Ctrl-C reaches it through {@link stopPostmaster} only. */
export function spawnPostmaster(
  home: DataHome,
  binaries: Binaries,
  socketDir: string,
  extra: Readonly<Record<string, string>>,
): StartedServer {
  const log = `${logFile(home)}.${randomBytes(6).toString("hex")}`;
  const output = openSync(log, "w", 0o600);
  try {
    const args = serverArguments({ socketDir, totalMemoryBytes: totalmem(), extra });
    const child = spawn(binaries.postgres, ["-D", home.data, ...args], {
      ...home.user,
      cwd: "/",
      env: SERVER_ENVIRONMENT,
      detached: true,
      stdio: ["ignore", output, output],
    });
    child.on("error", () => undefined);
    child.unref();
    return { child, log };
  } finally {
    closeSync(output);
  }
}

export function hasEnded({ child }: StartedServer): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** What the server wrote about itself; empty when a server that was started at the same time has won. */
export function readLog({ log }: StartedServer): string {
  try {
    return readFileSync(log, "utf8").trim();
  } catch {
    return "";
  }
}

/** The owner's log becomes `server.log`; those of starts that failed go. */
export function keepLog(home: DataHome, { log }: StartedServer): void {
  renameSync(log, logFile(home));
  for (const name of readdirSync(home.dir)) {
    if (name.startsWith("server.log.")) rmSync(join(home.dir, name), { force: true });
  }
}

function logFile(home: DataHome): string {
  return join(home.dir, "server.log");
}

/** Fast shutdown: running transactions are rolled back, data is flushed. Resolves when the process is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  const steps = [
    ["SIGINT", FAST_SHUTDOWN_MS],
    ["SIGQUIT", IMMEDIATE_SHUTDOWN_MS],
  ] as const;
  for (const [signal, limitMs] of steps) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (const until = Date.now() + limitMs; Date.now() < until; await wait(20)) if (!isAlive(pid)) return;
  }
  throw new EmbeddedPostgresError("start_failed", `PostgreSQL (process ${pid}) does not stop`);
}
