/** `signalbox scan` and `signalbox explain`. */
import type { Command } from "commander";
import { forTerminal } from "@/domain/alerts/escape-text";
import { missingCanonicals } from "@/domain/consolidation/check-scan";
import type { ScanReport } from "@/domain/consolidation/types";
import type { ScanConfig } from "../config";
import { headOf } from "../git";
import { commitsToScan, isShallow, parseEvery, parseSince, type ScannedCommit, scanHistory } from "../history";
import { scanTree } from "../scan";
import type { SourceTree } from "../source-tree";
import { walkFolder } from "../walk";
import { explanation, scanTable, speedLine } from "./as-table";
import type { ScanConsole } from "./console";
import { historyLines } from "./history-table";
import { type Checkout, openCheckout } from "./open-checkout";
import { openUpload, type Send } from "./open-upload";
import { progressOf, withReader } from "./with-reader";

interface ScanOptions {
  config?: string;
  json?: boolean;
  cache: boolean;
  parseAll?: boolean;
  history?: boolean;
  since?: string;
  every: string;
  upload?: string;
}

export function addScanCommands(program: Command, terminal: ScanConsole): void {
  program
    .command("scan")
    .argument("<checkout>", "the folder with the sources")
    .option("--config <file>", "instead of signalbox.config.yaml in the checkout")
    .option("--json", "the whole report as one JSON object")
    .option("--no-cache", "read every file again")
    .option("--parse-all", "in a large tree also parse files that hold no word of the concepts")
    .option("--history", "scan the commits of the branch instead, oldest first; --json prints one object a line")
    .option("--since <date>", "with --history: from this date on")
    .option("--every <n>", "with --history: each n-th commit, or the last of each 12h, 1d, 2w", "1")
    .option("--upload <url>", "also hand the report to this Signalbox, with the key in SIGNALBOX_KEY")
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

export const canonicalsOf = ({ concepts }: ScanConfig): Map<string, string | null> =>
  new Map(concepts.map(({ id, canonical }) => [id, canonical]));

/** Says where the config names a canonical that is not there. */
function warn(terminal: ScanConsole, report: ScanReport, config: ScanConfig): void {
  for (const { concept, text } of missingCanonicals(report, canonicalsOf(config)))
    terminal.note(`${forTerminal(`${concept}: ${text}`)}\n`);
}

const MAX_NAMED = 5;

const leftOutNote = (folders: string[]): string => {
  const more = folders.length > MAX_NAMED ? `, and ${folders.length - MAX_NAMED} more` : "";
  return `${forTerminal(`left out as vendored or generated: ${folders.slice(0, MAX_NAMED).join(", ")}${more}`)}\n`;
};

/** What is on disk, under the commit that is checked out. */
export async function scanCheckout(
  terminal: ScanConsole,
  { root, config }: Checkout,
  { cache = true, parseAll = false }: { cache?: boolean; parseAll?: boolean | undefined } = {},
): Promise<{ report: ScanReport; tree: SourceTree; seconds: number }> {
  const startedMs = performance.now();
  const [head, tree] = await Promise.all([headOf(root), walkFolder(root)]);
  const progress = progressOf(terminal, tree.files.length);
  try {
    const report = await withReader(terminal, cache, ({ readAll }, known) =>
      scanTree(tree, head?.id ?? null, config, readAll, {
        onRead: progress.update,
        parse: parseAll ? "all" : "by-size",
        known,
      }),
    );
    return { report, tree, seconds: (performance.now() - startedMs) / 1000 };
  } finally {
    progress.stop();
  }
}

async function scan(terminal: ScanConsole, path: string, options: ScanOptions): Promise<void> {
  const { config, json } = options;
  const checkout = await openCheckout(terminal, path, config);
  if (!checkout) return;
  const send = openUpload(terminal, options.upload, checkout);
  if (!send) return;
  if (options.history) return history(terminal, checkout, options, send);
  const { report, tree, seconds } = await scanCheckout(terminal, checkout, options);
  if (tree.leftOut.length > 0) terminal.note(leftOutNote(tree.leftOut));
  warn(terminal, report, checkout.config);
  terminal.write(json ? `${JSON.stringify(report, null, 2)}\n` : scanTable(report) + speedLine(report.files, seconds));
  const head = options.upload === undefined ? null : await headOf(checkout.root);
  await send({ committedAt: head?.committedAt ?? null, report, paths: tree.paths });
}

async function history(
  terminal: ScanConsole,
  { root, config }: Checkout,
  options: ScanOptions,
  send: Send,
): Promise<void> {
  const every = parseEvery(options.every);
  if (!every)
    return terminal.fail(`--every ${options.every}: must be a number of commits, or a period such as 12h, 1d, 2w`);
  const since = options.since === undefined ? null : parseSince(options.since);
  if (options.since !== undefined && since === null)
    return terminal.fail(`--since ${options.since}: must be a date, such as 2026-01-31`);
  if (!(await headOf(root))) return terminal.fail(`${root} is no git repository with a commit`);
  if (await isShallow(root)) terminal.note("this clone is shallow: what lies before its first commit is not there\n");
  const commits = await commitsToScan(root, { since, every });
  if (commits.length === 0) return terminal.fail("no commit lies in that time");
  const progress = progressOf(terminal, commits.length, "commits");
  const before: ScannedCommit[] = [];
  let done = 0;
  await withReader(terminal, options.cache, async ({ readAll }) => {
    for await (const scanned of scanHistory(root, commits, config, readAll)) {
      const { committedAt, report } = scanned;
      const entry = { committedAt, report };
      terminal.write(options.json ? `${JSON.stringify(entry)}\n` : historyLines(before.pop() ?? null, scanned));
      before.push(scanned);
      if (!(await send(scanned))) break;
      done += 1;
      progress.update(done);
    }
  });
  progress.stop();
  const newest = before.pop();
  if (newest) warn(terminal, newest.report, config);
}

async function explain(terminal: ScanConsole, symbol: string, path: string, { config }: ScanOptions): Promise<void> {
  const checkout = await openCheckout(terminal, path, config);
  if (!checkout) return;
  const { report } = await scanCheckout(terminal, checkout);
  const text = explanation(report, symbol);
  if (text === null)
    return terminal.fail(`no concept of the config knows ${symbol}; \`signalbox scan\` lists what they know`);
  terminal.write(text);
}
