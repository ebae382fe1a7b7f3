/** The built app as a child process: on a free port, with a data directory and an admin key of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { SERVER_FLAGS } from "@/scripts/server-flags.mjs";

export interface AppProcess {
  url: string;
  key: string;
  dataDir: string;
  /** Output so far, both streams. */
  output(): string;
  /** One signal to the Node process; resolves when it is gone. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

export interface AppOptions {
  dataDir: string;
  port?: number;
  key?: string;
  args?: string[];
  env?: Record<string, string>;
}

/** The shell's environment without settings of an installation: tests never touch anybody's database. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = (name: string) =>
    name.startsWith("SIGNALBOX_") || ["DATABASE_URL", "PORT", "HOST", "NODE_ENV"].includes(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own(name))) as NodeJS.ProcessEnv;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

export function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "signalbox-test-"));
  // As root the database runs as another user, who must be able to pass through.
  chmodSync(dataDir, 0o711);
  return dataDir;
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true });
}

/** Starts the app and waits until it is ready. @throws with the app's output when it ends instead */
export async function startAppProcess(options: AppOptions): Promise<AppProcess> {
  const port = options.port ?? (await freePort());
  const key = options.key ?? randomBytes(24).toString("hex");
  const child: ChildProcess = spawn(process.execPath, [...SERVER_FLAGS, "dist/server.mjs", ...(options.args ?? [])], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      SIGNALBOX_URL: "",
      SIGNALBOX_DATA_DIR: options.dataDir,
      SIGNALBOX_ADMIN_KEY: key,
      SIGNALBOX_SOURCES: "",
      SIGNALBOX_LOG_LEVEL: "warn",
      ...options.env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the app ended while starting:\n${output}`);
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.ok) break;
    await wait(50);
  }
  return {
    url,
    key,
    dataDir: options.dataDir,
    output: () => output,
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

/** Runs `bin/signalbox` to its end, as an operator would beside the app. */
export function runCli(args: string[], env: Record<string, string>): { status: number | null; output: string } {
  const result = spawnSync(process.execPath, ["bin/signalbox", ...args], {
    encoding: "utf8",
    env: { ...cleanEnvironment(), ...env },
  });
  return { status: result.status, output: `${result.stdout}${result.stderr}` };
}
