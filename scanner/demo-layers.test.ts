import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { writeCheckout } from "../scripts/demo-checkout.mjs";
import { openCache } from "./cache";
import { parseConfig } from "./config";
import { createReader } from "./reader";
import { scanTree } from "./scan";
import { walkFolder } from "./walk";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const folder = mkdtempSync(join(tmpdir(), "demo-layers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LEGACY_HANDLER = "demo/routers/fragmented/agent-message-handler.ts";

async function scanned(layer: "fragmented" | "consolidated") {
  const commit = writeCheckout({ root: ROOT, folder, layer });
  const parsed = parseConfig(await readFile(join(folder, "signalbox.config.yaml"), "utf8"), "demo");
  if (!parsed.ok) throw new Error(parsed.message);
  const { readAll } = createReader(await openCache(null), null, 1);
  const tree = await walkFolder(folder);
  const { concepts, notAnalysed } = await scanTree(tree, commit?.id ?? null, parsed.config, readAll);
  return { commit, concept: concepts[0], notAnalysed, paths: tree.paths, campaigns: parsed.config.campaigns };
}

describe("the demo's checkout of a layer", () => {
  it("has three implementations, old imports and the legacy handler while it is fragmented", async () => {
    const { concept, notAnalysed, paths, campaigns } = await scanned("fragmented");
    const names = concept?.symbols.filter(({ role }) => role === "duplicate").map(({ name }) => name);
    expect(names).toEqual(["MessageRouter", "QualityMessageRouter", "WebSocketEventRouter"]);
    expect(concept).toMatchObject({ count: 3, compliance: { canonical: 0 }, missingModules: [] });
    expect(concept?.importers.legacy.length).toBeGreaterThan(0);
    expect(notAnalysed).toEqual([]);
    expect(paths).toContain(LEGACY_HANDLER);
    expect(campaigns[0]?.criteria).toContainEqual({ kind: "file_gone", file: LEGACY_HANDLER });
  });

  it("has one implementation that everybody uses once it is consolidated, as another commit", async () => {
    const before = writeCheckout({ root: ROOT, folder, layer: "fragmented" });
    const { commit, concept, paths } = await scanned("consolidated");
    expect(concept).toMatchObject({
      count: 1,
      compliance: { ratio: 1 },
      importers: { legacy: [] },
      missingModules: [],
    });
    expect(paths).not.toContain(LEGACY_HANDLER);
    expect(commit?.id).not.toBe(before?.id);
    expect(writeCheckout({ root: ROOT, folder, layer: "consolidated" })).toEqual(commit);
    expect(existsSync(join(folder, "demo/checks/fragmented"))).toBe(false);
  });
});
