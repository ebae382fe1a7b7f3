import type { ConceptReport, ScanReport } from "@/domain/consolidation/types";
import { openCache } from "../cache";
import { parseConfig } from "../config";
import { createReader } from "../reader";
import { type ScanOptions, scanTree } from "../scan";

/** A concept of hubs that publish messages, the canonical in core.py. */
export const HUBS = 'id: hub, names: ["*Hub"], methods: [publish], canonical: "core.py:CoreHub"';

/** A hub with a registry of handlers, and whatever lines follow. */
export const hub = (name: string, ...lines: string[]): string =>
  [
    `class ${name}:`,
    "    def __init__(self):",
    "        self._handlers = {}",
    "    def register(self, kind, handler):",
    "        self._handlers[kind] = handler",
    "    def publish(self, message):",
    '        return self._handlers[message["type"]](message)',
    ...lines,
    "",
  ].join("\n");

/** Scans a tree that is held in memory; `concept` as the inside of a YAML map. */
export async function scanTextsWhole(
  texts: Record<string, string | Uint8Array>,
  concept = HUBS,
  options: ScanOptions = {},
): Promise<ScanReport> {
  const parsed = parseConfig(`concepts: [{ ${concept} }]`, "config");
  if (!parsed.ok) throw new Error(parsed.message);
  const tree = {
    files: Object.keys(texts)
      .sort()
      .map((file) => ({ file, hash: null })),
    settings: [],
    unreadable: [],
    leftOut: [],
    paths: [],
    links: new Map<string, string>(),
    read: async (paths: string[]) => new Map(paths.map((path) => [path, Buffer.from(texts[path] ?? "")])),
  };
  return scanTree(tree, null, parsed.config, createReader(await openCache(null), null, 1).readAll, options);
}

/** What it says of its one concept. */
export async function scanTexts(texts: Record<string, string | Uint8Array>, concept = HUBS): Promise<ConceptReport> {
  const [report] = (await scanTextsWhole(texts, concept)).concepts;
  if (!report) throw new Error("no concept");
  return report;
}

/** `Name role` of each symbol in a file. */
export const rolesIn = ({ symbols }: ConceptReport, file: string): string[] =>
  symbols.filter((symbol) => symbol.file === file).map(({ name, role }) => `${name} ${role}`);
