/** `signalbox scan` and `signalbox explain`. */
import type { Command } from "commander";
import { headOf } from "../git";
import { readHere } from "../read-here";
import { scanTree } from "../scan";
import { walkFolder } from "../walk";
import { explanation, scanTable } from "./as-table";
import type { ScanConsole } from "./console";
import { type Checkout, openCheckout } from "./open-checkout";

interface ScanOptions {
  config?: string;
  json?: boolean;
}

export function addScanCommands(program: Command, terminal: ScanConsole): void {
  program
    .command("scan")
    .argument("<checkout>", "the folder with the sources")
    .option("--config <file>", "instead of signalbox.config.yaml in the checkout")
    .option("--json", "the whole report as one JSON object")
    .description("find every implementation of each concept of the config, with its role and the reasons")
    .action((checkout: string, options: ScanOptions) => scan(terminal, checkout, options));
  program
    .command("explain")
    .argument("<symbol>", "a name, or path/of/file.py:Name")
    .argument("[checkout]", "the folder with the sources", ".")
    .option("--config <file>", "instead of signalbox.config.yaml in the checkout")
    .description("say why a symbol has its role, with file and line of each reason")
    .action((symbol: string, checkout: string, options: ScanOptions) => explain(terminal, symbol, checkout, options));
}

export async function scanCheckout({ root, config }: Checkout) {
  const head = await headOf(root);
  return scanTree(await walkFolder(root), head?.id ?? null, config, readHere);
}

async function scan(terminal: ScanConsole, path: string, { config, json }: ScanOptions): Promise<void> {
  const checkout = await openCheckout(terminal, path, config);
  if (!checkout) return;
  const report = await scanCheckout(checkout);
  terminal.write(json ? `${JSON.stringify(report, null, 2)}\n` : scanTable(report));
}

async function explain(terminal: ScanConsole, symbol: string, path: string, { config }: ScanOptions): Promise<void> {
  const checkout = await openCheckout(terminal, path, config);
  if (!checkout) return;
  const text = explanation(await scanCheckout(checkout), symbol);
  if (text === null)
    return terminal.fail(`no concept of the config knows ${symbol}; \`signalbox scan\` lists what they know`);
  terminal.write(text);
}
