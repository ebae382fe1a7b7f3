import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openCache } from "./cache";
import { parseConfig } from "./config";
import { createReader } from "./reader";
import { scanTree } from "./scan";
import { walkFolder } from "./walk";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

describe("the demo's own routing layers", async () => {
  const parsed = parseConfig(await readFile(`${ROOT}demo/signalbox.config.yaml`, "utf8"), "demo");
  if (!parsed.ok) throw new Error(parsed.message);
  const whole = await walkFolder(ROOT);
  const tree = { ...whole, files: whole.files.filter(({ file }) => file.startsWith("demo/")) };
  const { concepts } = await scanTree(tree, null, parsed.config, createReader(await openCache(null), null, 1).readAll);
  const of = (id: string) => concepts.find((concept) => concept.id === id);

  it("are three implementations while they are fragmented", () => {
    const names = of("fragmented-routers")
      ?.symbols.filter(({ role }) => role === "duplicate")
      .map(({ name }) => name);
    expect(names).toEqual(["MessageRouter", "QualityMessageRouter", "WebSocketEventRouter"]);
    expect(of("fragmented-routers")?.compliance.canonical).toBe(0);
  });

  it("are one, used by its own path only, once consolidated", () => {
    expect(of("consolidated-router")).toMatchObject({ count: 1, compliance: { canonical: 2, total: 2, ratio: 1 } });
  });
});
