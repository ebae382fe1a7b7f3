import { builtinModules } from "node:module";
import { expect, it } from "vitest";
import { bundleEmitter } from "./bundle-emitter.mjs";

it("the emitter's file needs nothing but node and the socket.io that a server has", async () => {
  const { metafile } = await bundleEmitter({ write: false });
  const needed = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !path.startsWith("node:") && !builtinModules.includes(path))
    // What is required in the middle of the code is looked for and done without.
    .filter(({ kind }) => kind === "import-statement")
    .map(({ path }) => path);
  expect(new Set(needed)).toEqual(new Set(["socket.io"]));
}, 60_000);
