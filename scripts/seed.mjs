/** `npm run seed`: made-up days of telemetry for a running app (see `scripts/seed/main.ts`). */
import { ensureInstalled, run } from "./install.mjs";

ensureInstalled();
run(process.execPath, ["--import", "tsx", "scripts/seed/main.ts", ...process.argv.slice(2)]);
