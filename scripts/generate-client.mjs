/**
 * Generates the Prisma client into server/storage/generated. `prisma generate` looks for a native schema engine
 * that it never runs; naming an existing executable keeps it from downloading one.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const prisma = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");

const result = spawnSync(process.execPath, [prisma, "generate", "--no-hints"], {
  cwd: root,
  encoding: "utf8",
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
});
if (result.status !== 0) {
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}\n`);
  process.exit(1);
}
