/**
 * The demo chat as a code base with one routing layer would have it: a repository of its own under the data directory,
 * with a commit whenever another layer is started. What the other layer needs, and the demo's tools, are not in it.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LAYERS = ["fragmented", "consolidated"];
const MESSAGES = { fragmented: "Routers for every need", consolidated: "One message router" };
/** Has a line for each layer. */
const REGISTRY = "demo/layers/layers.ts";
/** Holds one layer against the other. */
const COMPARES = "demo/routers/routers.test.ts";
const IDENTITY = ["-c", "user.name=Signalbox demo", "-c", "user.email=demo@signalbox.invalid"];
const QUIETLY = ["-c", "commit.gpgSign=false", "-c", "core.hooksPath=/dev/null", "-c", "init.defaultBranch=main"];

/**
 * Writes the checkout of a layer into `folder`.
 * @returns its commit, and when the first commit with this layer since the last with another was made, ISO; null where
 * there is no git
 */
export function writeCheckout({ root, folder, layer }) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name !== ".git") rmSync(join(folder, name), { recursive: true });
  const others = LAYERS.filter((name) => name !== layer);
  const isOthers = (path) => path.split(/[/\\]/).some((part) => others.includes(part.replace(/\.\w+$/, "")));
  cpSync(join(root, "demo"), join(folder, "demo"), {
    recursive: true,
    filter: (path) => !isOthers(path.slice(root.length)),
  });
  rmSync(join(folder, COMPARES));
  const lines = readFileSync(join(folder, REGISTRY), "utf8").split("\n");
  const kept = lines.filter((line) => !others.some((name) => new RegExp(`\\b${name}\\b`).test(line)));
  writeFileSync(join(folder, REGISTRY), kept.join("\n"));
  cpSync(join(folder, "demo/signalbox.config.yaml"), join(folder, "signalbox.config.yaml"));
  rmSync(join(folder, "demo/signalbox.config.yaml"));
  return commit(folder, MESSAGES[layer]);
}

function commit(folder, message) {
  const git = (...args) => {
    const { status, stdout } = spawnSync("git", [...IDENTITY, ...QUIETLY, ...args], { cwd: folder, encoding: "utf8" });
    return status === 0 ? stdout.trim() : null;
  };
  if (!existsSync(join(folder, ".git")) && git("init", "--quiet") === null) return null;
  git("add", "--all");
  if (git("status", "--porcelain") !== "") git("commit", "--quiet", "--message", message);
  const id = git("rev-parse", "HEAD");
  if (id === null) return null;
  const past = git("log", "--format=%cI %s").split("\n");
  const other = past.findIndex((line) => !line.endsWith(` ${message}`));
  const first = past.at(other === -1 ? -1 : other - 1) ?? "";
  return { id, since: new Date(first.slice(0, first.indexOf(" "))).toISOString() };
}
