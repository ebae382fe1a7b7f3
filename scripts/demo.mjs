/**
 * `npm run demo [-- --consolidated] [--seed N] [--chat-port N]`: the app beside a real chat backend whose
 * telemetry it subscribes to. Ctrl-C stops both; the data is kept under the data directory.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { startCampaign } from "./demo-campaign.mjs";
import { ensureInstalled, ROOT, say } from "./install.mjs";
import { SERVER_FLAGS } from "./server-flags.mjs";

const { values } = parseArgs({
  options: {
    consolidated: { type: "boolean", default: false },
    seed: { type: "string", default: "7" },
    "chat-port": { type: "string", default: "4000" },
  },
});

ensureInstalled();
await ensureBuilt();

const dataDir = process.env.SIGNALBOX_DATA_DIR || join(ROOT, ".signalbox");
const port = process.env.PORT || "3000";
const appUrl = process.env.SIGNALBOX_URL || `http://localhost:${port}`;
const chatPort = values["chat-port"];
const layer = values.consolidated ? "consolidated" : "fragmented";

/** Lives as long as the data, and only its owner may read it. */
function secretIn(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    mkdirSync(dataDir, { recursive: true });
    const secret = randomBytes(24).toString("base64url");
    writeFileSync(file, secret, { mode: 0o600 });
    return secret;
  }
}

/** The stream's token: a second start resumes the same source. */
const tokenFile = join(dataDir, "demo-token");
const token = secretIn(tokenFile);
/** With it the demo hands in the scan of its own routers, and its campaign. */
const adminKey = process.env.SIGNALBOX_ADMIN_KEY || secretIn(join(dataDir, "demo-key"));
const children = [];
let stopping = false;

function stopAll(code) {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  stopNext();
}

/** One after the other: the chat hands its last telemetry to an app that still takes it. */
function stopNext() {
  const child = children.find((candidate) => candidate.exitCode === null && candidate.signalCode === null);
  if (!child) return;
  child.once("exit", stopNext);
  child.kill("SIGTERM");
}

function start(name, args, env) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: "inherit",
    // Out of the terminal's process group: Ctrl-C reaches this process, which stops both in order.
    detached: process.platform !== "win32",
    env: { ...process.env, ...env },
  });
  children.push(child);
  child.on("exit", (code, signal) => {
    if (!stopping) say(`${name} ended (${signal ?? code}).`);
    stopAll(stopping ? 0 : (code ?? 1));
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopAll(0));

say(`Starting Signalbox and the demo chat with its ${layer} routers …`);
start(
  "The demo chat",
  [
    "dist/demo.mjs",
    ...["--layer", layer, "--seed", values.seed, "--port", chatPort, "--signalbox-url", appUrl],
    ...["--environment", "demo", "--telemetry-token-file", tokenFile],
  ],
  {},
);
start("Signalbox", [...SERVER_FLAGS, "dist/server.mjs", "--print-link"], {
  PORT: port,
  SIGNALBOX_DATA_DIR: dataDir,
  SIGNALBOX_ADMIN_KEY: adminKey,
  SIGNALBOX_SOURCES: JSON.stringify([
    ...JSON.parse(process.env.SIGNALBOX_SOURCES || "[]"),
    { id: "demo-chat", url: `http://127.0.0.1:${chatPort}/signalbox`, token, environment: "demo" },
  ]),
});
startCampaign({ root: ROOT, dataDir, appUrl, key: adminKey, layer }).catch((error) => {
  if (!stopping) say(`The demo's campaign could not be set: ${error.message}`);
});
