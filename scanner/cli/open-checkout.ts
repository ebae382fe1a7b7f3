import { readFile, stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { parseConfig, type ScanConfig } from "../config";
import type { ScanConsole } from "./console";

export const CONFIG_NAME = "signalbox.config.yaml";

export interface Checkout {
  root: string;
  config: ScanConfig;
  configHash: string;
}

/** The checkout with its config; null after having said what is wrong. */
export async function openCheckout(
  terminal: ScanConsole,
  checkout: string,
  configPath?: string,
): Promise<Checkout | null> {
  const root = resolve(terminal.folder, checkout);
  const found = await stat(root).catch(() => null);
  if (!found?.isDirectory()) {
    terminal.fail(`${root} is not a folder`);
    return null;
  }
  const path = configPath === undefined ? resolve(root, CONFIG_NAME) : resolve(terminal.folder, configPath);
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) {
    const hint = configPath === undefined ? `; \`signalbox init ${checkout}\` writes one` : "";
    terminal.fail(`${path} cannot be read${hint}`);
    return null;
  }
  const result = parseConfig(text, relative(terminal.folder, path) || path);
  if (!result.ok) {
    terminal.fail(result.message);
    return null;
  }
  return { root, config: result.config, configHash: result.hash };
}
