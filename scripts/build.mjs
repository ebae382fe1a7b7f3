/** Builds what changed: the database client, the server, the demo and the command line by esbuild, the pages by Next. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, ROOT, run, say } from "./install.mjs";

const SOURCES = [
  "app",
  "bin",
  "client",
  "components",
  "contracts",
  "demo",
  "domain",
  "emitter",
  "prisma",
  "public",
  "scanner",
  "server",
];
const FILES = [
  "package-lock.json",
  "scripts/bundle-emitter.mjs",
  "next.config.js",
  "postcss.config.mjs",
  "prisma.config.ts",
  "tsconfig.json",
];
const STAMP = join(ROOT, "dist", ".built-from");

function* filesBelow(path) {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === "generated") continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(child);
    else if (!/\.(test|spec)\.tsx?$/.test(entry.name)) yield child;
  }
}

function sourceHash() {
  const hash = createHash("sha256");
  const paths = [
    ...SOURCES.flatMap((name) => [...filesBelow(join(ROOT, name))]),
    ...FILES.map((name) => join(ROOT, name)),
  ];
  for (const path of paths) if (existsSync(path)) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  return hash.digest("hex");
}

export function generateClient() {
  run(process.execPath, ["scripts/generate-client.mjs"]);
}

export async function ensureBuilt() {
  const hash = sourceHash();
  const stands = existsSync(join(ROOT, ".next", "BUILD_ID")) && existsSync(STAMP);
  if (stands && readFileSync(STAMP, "utf8") === hash) return;
  say("Building (once; half a minute or so) …");
  rmSync(STAMP, { force: true });
  generateClient();
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      server: "server/main.ts",
      demo: "demo/main.ts",
      cli: "server/cli/main.ts",
      "scan-worker": "scanner/worker.ts",
    },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
  const { bundleEmitter } = await import("./bundle-emitter.mjs");
  await bundleEmitter();
  run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  writeFileSync(STAMP, hash);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  await ensureBuilt();
}
