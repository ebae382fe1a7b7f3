/** `npm run bench`: builds what is missing, then measures; `-- pages` measures reading, `-- leaks` the detectors, `-- scan` a source tree. */
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, run } from "./install.mjs";

const [what, ...rest] = process.argv.slice(2);
const PARTS = ["leaks", "pages", "scan"];
const [entry, args] = PARTS.includes(what)
  ? [`scripts/bench/${what}/main.ts`, rest]
  : ["scripts/bench/main.ts", process.argv.slice(2)];

ensureInstalled();
await ensureBuilt();
run(process.execPath, ["--import", "tsx", entry, ...args]);
