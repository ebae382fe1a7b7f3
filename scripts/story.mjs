/** `npm run story [-- EVENTS]`: the story of `e2e/story.spec.ts` on a million made-up events, or as many as are named. */
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, run } from "./install.mjs";

const [events = "1000000"] = process.argv.slice(2);

ensureInstalled();
await ensureBuilt();
run(process.execPath, ["node_modules/@playwright/test/cli.js", "test", "e2e/story.spec.ts"], {
  env: { ...process.env, SIGNALBOX_STORY_EVENTS: events, SIGNALBOX_BROWSER: await ensureBrowser() },
});
