/**
 * The folder that holds one embedded database: `data`, `password`, `server.log`, `socket`. It appears complete or not
 * at all (made beside its place, then renamed), so a start that was killed leaves no half of a database.
 */
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries";
import { EmbeddedPostgresError } from "./errors";
import { canReach, isRoot, makePassable, NOBODY, type ServerUser } from "./server-user";
import { SERVER_ENVIRONMENT } from "./settings";

export const SUPERUSER = "signalbox";
const ABANDONED_AFTER_MS = 600_000;
const run = promisify(execFile);

export interface DataHome {
  dir: string;
  data: string;
  user: ServerUser;
}

/** Decides where the database lies and whom it runs as. Makes folders, but no database. */
export function locateHome(dataDir: string, sharedDir: string, log: (line: string) => void): DataHome {
  const root = isRoot();
  try {
    if (!existsSync(dataDir)) {
      mkdirSync(dataDir, { recursive: true });
      chmodSync(dataDir, root ? 0o711 : 0o700);
    }
    const place = join(realpathSync(dataDir), "postgres");
    const dir =
      isLink(place) || existsSync(place) ? resolvePlace(place) : root ? placeForRoot(place, sharedDir, log) : place;
    const data = join(dir, "data");
    return { dir, data, user: root ? ownerOf(data) : null };
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw unusable(`${resolve(dataDir)} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function resolvePlace(place: string): string {
  if (!existsSync(place)) throw unusable(`${place} points to a folder that is gone. Remove the link to start anew.`);
  return realpathSync(place);
}

/** Below a folder that only root may enter, the database moves to a shared place; a link says where. */
function placeForRoot(place: string, sharedDir: string, log: (line: string) => void): string {
  if (canReach(dirname(place), NOBODY)) return place;
  makePassable(sharedDir);
  const dir = join(sharedDir, `data-${createHash("sha256").update(place).digest("hex").slice(0, 12)}`);
  log(`${dirname(place)} can be reached by root only; the database is kept in ${dir}`);
  mkdirSync(dir, { mode: 0o700, recursive: true });
  symlinkSync(dir, place);
  return dir;
}

function ownerOf(data: string): { uid: number; gid: number } {
  const stat = statSync(data, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : NOBODY;
}

/** Runs initdb unless the database is there already. Throws `data_dir_version` or `data_dir_unusable`. */
export async function prepareData(home: DataHome, binaries: Binaries): Promise<void> {
  if (!existsSync(home.dir) || readdirSync(home.dir).length === 0) await initialise(home, binaries);
  let version: string;
  try {
    version = readFileSync(join(home.data, "PG_VERSION"), "utf8").trim();
    readFileSync(join(home.dir, "password"));
  } catch {
    throw unusable(`${home.dir} holds no database that this user can read. Choose another SIGNALBOX_DATA_DIR.`);
  }
  if (version !== String(binaries.majorVersion)) {
    throw new EmbeddedPostgresError(
      "data_dir_version",
      `${home.data} was made by PostgreSQL ${version}, and this Signalbox brings ${binaries.majorVersion}. ` +
        "Choose another SIGNALBOX_DATA_DIR, or start the release that made it.",
    );
  }
}

async function initialise(home: DataHome, binaries: Binaries): Promise<void> {
  removeAbandoned(home.dir);
  const fresh = `${home.dir}.new-${randomBytes(6).toString("hex")}`;
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = join(fresh, "password");
  writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  if (home.user) for (const path of [fresh, passwordFile]) chownSync(path, home.user.uid, home.user.gid);
  const how = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = [`--username=${SUPERUSER}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  try {
    await run(binaries.initdb, ["-D", join(fresh, "data"), ...how, ...access], {
      ...home.user,
      cwd: "/",
      env: SERVER_ENVIRONMENT,
    });
    renameSync(fresh, home.dir);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another process may have been first; its database is as good as ours.
    if (existsSync(home.data)) return;
    throw new EmbeddedPostgresError("start_failed", `initdb failed: ${error instanceof Error ? error.message : error}`);
  }
}

/** What starts that were killed in the middle of initdb left beside the database. */
function removeAbandoned(dir: string): void {
  for (const name of readdirSync(dirname(dir))) {
    const path = join(dirname(dir), name);
    if (!name.startsWith(`${basename(dir)}.new-`)) continue;
    if (Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER_MS) rmSync(path, { recursive: true, force: true });
  }
}

function unusable(message: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError("data_dir_unusable", message);
}
