/** `npm run dev`: the app with pages that reload as they change. Server code starts anew by hand. */
import { ensureInstalled, run } from "./install.mjs";

ensureInstalled();
run(process.execPath, ["scripts/generate-client.mjs"]);
run(process.execPath, ["--import", "tsx", "server/main.ts", "--print-link"], {
  env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
});
