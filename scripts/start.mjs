/** `npm start`: installs and builds what is missing, then runs the app alone. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";

ensureInstalled();
await ensureBuilt();
process.chdir(ROOT);
await import(pathToFileURL(join(ROOT, "dist", "server.mjs")).href);
