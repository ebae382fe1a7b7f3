/** The server process on one data directory: find it, start it, stop it. Knows nothing of who owns it. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Binaries } from "./binaries";
import type { DataHome } from "./data-home";
import { EmbeddedPostgresError } from "./errors";
import { SERVER_ENVIRONMENT, serverArguments } from "./settings";

const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;

export interface Postmaster {
  pid: number;
  socketDir: string;
}

/** The live server on this data directory, whoever started it. A stale `postmaster.pid` is removed. */
export function findPostmaster(data: string): Postmaster | null {
  const file = join(data, "postmaster.pid");
  let lines: string[];
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const socketDir = lines[4] ?? "";
  if (isServer(pid, data)) return { pid, socketDir };
  // A process id is used again after a reboot or in a new container: PostgreSQL would take any process for itself.
  rmSync(file, { force: true });
  return null;
}

function isServer(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return isAlive(pid);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Starts the server in a process group of its own, so that Ctrl-C reaches it through {@link stopPostmaster} only. */
export function spawnPostmaster(
  home: DataHome,
  binaries: Binaries,
  socketDir: string,
  extra: Readonly<Record<string, string>>,
): ChildProcess {
  const log = openSync(logFile(home), "w", 0o600);
  try {
    const args = serverArguments({ socketDir, totalMemoryBytes: totalmem(), extra });
    const child = spawn(binaries.postgres, ["-D", home.data, ...args], {
      ...home.user,
      cwd: "/",
      env: SERVER_ENVIRONMENT,
      detached: true,
      stdio: ["ignore", log, log],
    });
    child.on("error", () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** The last lines that the server wrote about itself. */
export function serverLogTail(home: DataHome): string {
  try {
    return readFileSync(logFile(home), "utf8").trim().split("\n").slice(-6).join("\n");
  } catch {
    return "";
  }
}

function logFile(home: DataHome): string {
  return join(home.dir, "server.log");
}

/** Fast shutdown: running transactions are rolled back, data is flushed. Resolves when the process is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, limitMs] of [
    ["SIGINT", FAST_SHUTDOWN_MS],
    ["SIGQUIT", IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (const until = Date.now() + limitMs; Date.now() < until; await wait(20)) if (!isAlive(pid)) return;
  }
  throw new EmbeddedPostgresError("start_failed", `PostgreSQL (process ${pid}) does not stop`);
}
