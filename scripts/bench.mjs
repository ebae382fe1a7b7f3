/** `npm run bench`: builds what is missing, then measures; `-- pages` measures reading (see `scripts/bench/pages/main.ts`). */
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, run } from "./install.mjs";

const [what, ...rest] = process.argv.slice(2);
const [entry, args] =
  what === "pages" ? ["scripts/bench/pages/main.ts", rest] : ["scripts/bench/main.ts", process.argv.slice(2)];

ensureInstalled();
await ensureBuilt();
run(process.execPath, ["--import", "tsx", entry, ...args]);
