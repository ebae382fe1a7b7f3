/** `npm run bench`: builds what is missing, then measures (see `scripts/bench/main.ts`). */
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, run } from "./install.mjs";

ensureInstalled();
await ensureBuilt();
run(process.execPath, ["--import", "tsx", "scripts/bench/main.ts", ...process.argv.slice(2)]);
