/** `signalbox check` and `signalbox init`. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { forTerminal } from "@/domain/alerts/escape-text";
import { checkScan, missingCanonicals, type ScanState, scanState, stateOf } from "@/domain/consolidation/check-scan";
import { parseConfig } from "../config";
import { proposeConfig } from "../propose-config";
import type { ScanConsole } from "./console";
import { CONFIG_NAME, openCheckout } from "./open-checkout";
import { canonicalsOf, scanCheckout } from "./scan-commands";
import { writeInside } from "./write-inside";

const STATE_NAME = "signalbox.state.json";

interface CheckOptions {
  config?: string;
  state?: string;
  update?: boolean;
}

export function addCheckCommands(program: Command, terminal: ScanConsole): void {
  program
    .command("check")
    .argument("[checkout]", "the folder with the sources", ".")
    .option("--config <file>", "instead of signalbox.config.yaml in the checkout")
    .option("--state <file>", "instead of signalbox.state.json in the checkout")
    .option("--update", "store what is there now; later checks are held against it")
    .description("fail when implementations, legacy imports or compliance got worse than stored, or passed a limit")
    .action((checkout: string, options: CheckOptions) => check(terminal, checkout, options));
  program
    .command("init")
    .argument("[checkout]", "the folder with the sources", ".")
    .option("--force", "replace a config that is there")
    .description("look through a checkout and write a commented signalbox.config.yaml")
    .action((checkout: string, options: { force?: boolean }) => init(terminal, checkout, options));
}

async function check(terminal: ScanConsole, path: string, { config, state, update }: CheckOptions): Promise<void> {
  const checkout = await openCheckout(terminal, path, config);
  if (!checkout) return;
  const file = state === undefined ? resolve(checkout.root, STATE_NAME) : resolve(terminal.folder, state);
  const stored = await readState(file);
  if (!stored.ok && !update) return terminal.fail(stored.message);
  const { report } = await scanCheckout(terminal, checkout);
  const lost = missingCanonicals(report, canonicalsOf(checkout.config));
  if (update) {
    for (const { concept, text } of lost) terminal.note(`${forTerminal(`${concept}: ${text}`)}\n`);
    const refused = await writeInside(checkout.root, file, `${JSON.stringify(stateOf(report), null, 2)}\n`, true);
    if (refused) return terminal.fail(refused);
    terminal.write(`stored in ${file}\n`);
    return;
  }
  const limits = new Map(checkout.config.concepts.map((concept) => [concept.id, concept.limits]));
  const before = stored.ok ? stored.state : null;
  if (before === null)
    terminal.note(`${file} is not there: only the limits of the config count; --update stores what is now\n`);
  const problems = [...lost, ...checkScan(report, before, limits)];
  for (const { concept, text } of problems)
    terminal.write(`${forTerminal(`${concept === null ? "" : `${concept}: `}${text}`)}\n`);
  if (problems.length > 0) return terminal.fail(`${problems.length} problem${problems.length === 1 ? "" : "s"}`);
  const counts = report.concepts.map(({ id, count, target }) => `${id}: ${count} of ${target}`);
  terminal.write(`nothing got worse (${counts.join(", ")})\n`);
}

type StateResult = { ok: true; state: ScanState | null } | { ok: false; message: string };

async function readState(file: string): Promise<StateResult> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return { ok: true, state: null };
  try {
    const found = scanState.safeParse(JSON.parse(text));
    if (found.success) return { ok: true, state: found.data };
    return {
      ok: false,
      message: found.error.issues.map(({ path, message }) => `${file}: ${path.join(".")}: ${message}`).join("\n"),
    };
  } catch {
    return { ok: false, message: `${file} is not JSON; --update writes it anew` };
  }
}

async function init(terminal: ScanConsole, path: string, { force }: { force?: boolean }): Promise<void> {
  const root = resolve(terminal.folder, path);
  const file = resolve(root, CONFIG_NAME);
  const probe = parseConfig(PROBE, "probe");
  if (!probe.ok) throw new Error(probe.message);
  const { report } = await scanCheckout(terminal, { root, config: probe.config, configHash: probe.hash });
  const text = proposeConfig(report);
  const refused = await writeInside(root, file, text, force === true);
  if (refused) return terminal.fail(refused);
  terminal.write(`wrote ${file}; read it through, then run \`signalbox scan ${path}\`\n`);
}

/** What is looked for before anybody has said what to look for. */
const PROBE = `concepts:
  - id: message-router
    names: ["*Router", "*MessageRouter*", "*MessageDispatcher", "*EventDispatcher"]
    methods: [route_message, routeMessage, route, dispatch, handle_message, handleMessage]
`;
