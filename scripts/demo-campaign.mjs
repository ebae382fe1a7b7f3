/** Hands in what the demo's campaign is evaluated from beside traffic: a scan of the layer that runs, and its checks. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { writeCheckout } from "./demo-checkout.mjs";

const READY_EVERY_MS = 500;
const READY_WITHIN_MS = 120_000;
const ENVIRONMENT = "demo";
/** Suites by what their tests talk to. Their files are demo/checks/<layer>/<file>.check.ts. */
const SUITES = [
  { name: "routing promises", file: "promises", connections: "mock" },
  { name: "routing over sockets", file: "over-sockets", connections: "real" },
];

/** @throws when the app does not come up, or does not take what is handed in */
export async function startCampaign({ root, dataDir, appUrl, key, layer }) {
  const checkout = join(dataDir, "demo-checkout");
  const commit = writeCheckout({ root, folder: checkout, layer });
  await untilReady(appUrl);
  const { code, said } = await runToEnd(root, ["bin/signalbox", "scan", checkout, "--upload", appUrl], {
    SIGNALBOX_KEY: key,
  });
  if (code !== 0) throw new Error(said.trim() || `the scan ended with ${code}`);

  const send = sender({ appUrl, key });
  const fixedAt = layer === "consolidated" ? (commit?.since ?? new Date().toISOString()) : null;
  for (const suite of SUITES) {
    const expectation = { environment: ENVIRONMENT, name: suite.name, beforeFix: "fail", fixedAt };
    await send("PUT", "test-suites", JSON.stringify(expectation), "application/json");
    const xml = await runChecks({ root, dataDir, layer, suite });
    const { name, connections } = suite;
    const query = new URLSearchParams({ environment: ENVIRONMENT, suite: name, connections, branch: layer });
    if (commit !== null) query.set("commit", commit.id);
    await send("POST", `test-runs?${query}`, xml, "application/xml");
  }
}

/** The checks of a suite as JUnit XML; some fail, with the fragmented layer. */
async function runChecks({ root, dataDir, layer, suite: { file } }) {
  const report = join(dataDir, `demo-${file}.xml`);
  rmSync(report, { force: true });
  const { said } = await runToEnd(root, [
    ...["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.demo.config.ts"],
    ...[`demo/checks/${layer}/${file}.check.ts`, "--reporter=junit", `--outputFile=${report}`],
  ]);
  try {
    return readFileSync(report, "utf8");
  } catch {
    throw new Error(said.trim() || `the checks ${file} wrote no report`);
  }
}

function sender({ appUrl, key }) {
  return async (method, path, body, type) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": type };
    const answer = await fetch(`${appUrl}/api/v1/${path}`, { method, headers, body });
    if (!answer.ok) throw new Error(`${path} was not taken: ${answer.status} ${await answer.text()}`);
  };
}

async function runToEnd(root, args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const [code] = await once(child, "exit");
  return { code, said };
}

async function untilReady(appUrl) {
  const giveUp = performance.now() + READY_WITHIN_MS;
  while (performance.now() < giveUp) {
    const answer = await fetch(`${appUrl}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await wait(READY_EVERY_MS);
  }
  throw new Error(`${appUrl} is not ready`);
}
