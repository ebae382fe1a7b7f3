/** The demo's campaign: scans its own routing layers and holds the layer that runs against "one message router". */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

const CONCEPTS = { fragmented: "fragmented-routers", consolidated: "consolidated-router" };
const READY_EVERY_MS = 500;
const READY_WITHIN_MS = 120_000;

/** @throws when the app does not come up, or does not take the scan or the campaign */
export async function startCampaign({ root, appUrl, key, layer }) {
  await untilReady(appUrl);
  const scan = spawn(
    process.execPath,
    ["bin/signalbox", "scan", root, "--config", "demo/signalbox.config.yaml", "--upload", appUrl],
    { cwd: root, env: { ...process.env, SIGNALBOX_KEY: key }, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  scan.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const [code] = await once(scan, "exit");
  if (code !== 0) throw new Error(said.trim() || `the scan ended with ${code}`);

  const concept = CONCEPTS[layer];
  const campaign = {
    name: "One message router",
    environment: "demo",
    windowMinutes: 10,
    holdMinutes: 60,
    criteria: [
      { kind: "implementations", concept, max: 1 },
      { kind: "compliance", concept, min: 0.95 },
      { kind: "legacy_imports", concept, max: 0 },
      { kind: "reliability", min: 0.995 },
      { kind: "delivery", min: 1 },
      { kind: "leaks", max: 0 },
    ],
  };
  const answer = await fetch(`${appUrl}/api/v1/campaigns/one-message-router`, {
    method: "PUT",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(campaign),
  });
  if (!answer.ok) throw new Error(`the campaign was not taken: ${answer.status} ${await answer.text()}`);
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
