/** A real Alertmanager on a free port, that tells what it takes to a webhook. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Debian's package, installed or unpacked by `npm test`. */
const PLACES = ["/usr/bin/prometheus-alertmanager", "node_modules/.cache/alertmanager/usr/bin/prometheus-alertmanager"];

/** Where the binary is; null where there is none. */
export function findAlertmanager(): string | null {
  return PLACES.find((path) => existsSync(path)) ?? null;
}

export interface Alertmanager {
  url: string;
  stop(): Promise<void>;
}

/** @param webhook told of every group at once, also when it is over */
export async function startAlertmanager(binary: string, webhook: string): Promise<Alertmanager> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-alertmanager-"));
  const config = join(folder, "alertmanager.yml");
  const route = `{ receiver: hook, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }`;
  writeFileSync(
    config,
    `route: ${route}\nreceivers:\n  - name: hook\n    webhook_configs: [{ url: "${webhook}", send_resolved: true }]\n`,
  );
  const process = spawn(
    binary,
    [
      ...[`--config.file=${config}`, `--storage.path=${join(folder, "data")}`],
      ...["--web.listen-address=127.0.0.1:0", "--cluster.listen-address="],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  return {
    url: `http://${await listening(process)}`,
    async stop() {
      const ended = new Promise((resolve) => process.once("exit", resolve));
      process.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address in its log. */
function listening(process: ChildProcess): Promise<string> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    process.once("error", reject);
    process.once("exit", () => reject(new Error(`Alertmanager ended:\n${lines.join("\n")}`)));
    if (!process.stderr) return;
    createInterface({ input: process.stderr }).on("line", (line) => {
      lines.push(line);
      const address = /(?:msg="Listening on" address=|msg=Listening address=)(\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
}
