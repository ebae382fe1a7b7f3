/** Unpacks Debian's Alertmanager for the tests where there is none: beside the packages, so that no service starts. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, say } from "./install.mjs";

const PACKAGE = "prometheus-alertmanager";
const FOLDER = join(ROOT, "node_modules", ".cache", "alertmanager");
const PLACES = [join("/usr/bin", PACKAGE), join(FOLDER, "usr", "bin", PACKAGE)];

const runs = (command, args, cwd = ROOT) => spawnSync(command, args, { cwd, stdio: "ignore" }).status === 0;

/** Says so where none can be had: its tests are skipped then. */
export function ensureAlertmanager() {
  if (PLACES.some((path) => existsSync(path))) return;
  mkdirSync(FOLDER, { recursive: true });
  const download = () => runs("apt-get", ["download", "-qq", PACKAGE], FOLDER);
  const file = () => readdirSync(FOLDER).find((name) => name.startsWith(`${PACKAGE}_`) && name.endsWith(".deb"));
  if (download() || (runs("apt-get", ["update", "-qq"]) && download())) {
    runs("dpkg-deb", ["-x", file() ?? "", "."], FOLDER);
  }
  if (!PLACES.some((path) => existsSync(path))) say(`No ${PACKAGE} here and none to be had: its tests are skipped.`);
}
