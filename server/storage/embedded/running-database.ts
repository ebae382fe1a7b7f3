import { readFileSync } from "node:fs";
import { join } from "node:path";
import { urlOf } from "./acquire";
import { locateHome } from "./data-home";
import { findPostmaster } from "./postmaster";
import { DATABASE, SHARED_DIR } from "./start-embedded";

/** Address of the embedded database that is running on this data directory, whoever started it; null if none is. */
export function runningDatabaseUrl(dataDir: string): string | null {
  const home = locateHome(dataDir, SHARED_DIR, () => undefined);
  const server = findPostmaster(home.data);
  if (!server?.socketDir) return null;
  return urlOf(server.socketDir, readFileSync(join(home.dir, "password"), "utf8").trim(), DATABASE);
}
