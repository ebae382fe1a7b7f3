/** The emitter as one file for other people's servers: everything it needs is inside, but the `socket.io` they have. */
import { build } from "esbuild";
import { ROOT } from "./install.mjs";

/** Answers esbuild's result with its metafile. Nothing is written where `write` is false. */
export function bundleEmitter({ write = true } = {}) {
  return build({
    absWorkingDir: ROOT,
    entryPoints: { emitter: "emitter/index.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // Optional speed-ups of ws, which works without them.
    external: ["socket.io", "bufferutil", "utf-8-validate"],
    // Some of what is inside was written for require.
    banner: {
      js: 'import { createRequire as createRequireOf } from "node:module"; const require = createRequireOf(import.meta.url);',
    },
    sourcemap: true,
    logLevel: "warning",
    metafile: true,
    write,
  });
}
