/** The command line: what an operator does beside a running app. Talks to the same database. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import pino from "pino";
import { forTerminal } from "@/domain/alerts/escape-text";
import { addCheckCommands } from "@/scanner/cli/check-commands";
import type { ScanConsole } from "@/scanner/cli/console";
import { addScanCommands } from "@/scanner/cli/scan-commands";
import { readConfig } from "../config";
import { verifyStore } from "../judge/verify-store";
import { openDatabase } from "../storage/database";
import { runningDatabaseUrl } from "../storage/embedded/running-database";
import { openStorage, type Storage } from "../storage/open-storage";
import { VERSION } from "../version";
import { addCanaryCommands } from "./canary-commands";
import type { RunCommand } from "./context";
import { addKeyCommands } from "./key-commands";
import { addPeopleCommands } from "./people-commands";

const MIGRATIONS = join(fileURLToPath(new URL("..", import.meta.url)), "prisma", "migrations");
const MAX_SHOWN = 50;

/** The settings of this shell, or the end of it. */
function settings() {
  const result = readConfig();
  if (result.ok) return result.config;
  process.stderr.write(`${result.message}\n`);
  process.exit(1);
}

/** Beside a running app its own database; otherwise the database is started for as long as the command runs. */
async function openBeside(): Promise<Storage> {
  const config = settings();
  const url = config.databaseUrl ?? runningDatabaseUrl(config.dataDir);
  if (url !== null) {
    const db = await openDatabase({ url, poolSize: 2 });
    return { db, close: () => db.close() };
  }
  return openStorage(config, MIGRATIONS, pino({ level: "warn" }, pino.destination(2)));
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

/** Runs a command with what it needs, beside the app or alone. */
const run: RunCommand = async (work) => {
  const config = settings();
  const storage = await openBeside();
  try {
    await work({
      db: storage.db,
      publicUrl: config.publicUrl ?? `http://localhost:${config.port}`,
      nowMs: Date.now,
      write: (text) => process.stdout.write(text),
      note: (text) => process.stderr.write(text),
      fail,
    });
  } finally {
    await storage.close();
  }
};

async function verify(): Promise<void> {
  const config = settings();
  const storage = await openBeside();
  const { differences, skipped, journeys, rollups } = await verifyStore(storage.db, Date.now, {
    policy: config.policy,
    onWait: (marks, byApp) =>
      process.stderr.write(`${marks} marks to be judged${byApp ? " by the running app" : ""} first\n`),
  });
  for (const difference of differences.slice(0, MAX_SHOWN))
    process.stdout.write(`${forTerminal(JSON.stringify(difference))}\n`);
  const found = differences.length === 0 ? "no difference" : `${differences.length} differences`;
  const left = skipped === 0 ? "" : `; ${skipped} journeys or connections left out, which are changing`;
  process.stdout.write(`${journeys} journeys and ${rollups} counters recomputed: ${found}${left}\n`);
  await storage.close();
  if (differences.length > 0) process.exitCode = 1;
}

/** `calledFrom`: the folder that paths on the command line are relative to. */
export async function main(calledFrom: string): Promise<void> {
  // Whoever reads may have read enough: `signalbox scan … | head`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const program = new Command("signalbox").version(VERSION).description("Operate a Signalbox installation.");
  addPeopleCommands(program, run);
  addKeyCommands(program, run);
  addCanaryCommands(program, run);
  const terminal: ScanConsole = {
    folder: calledFrom,
    write: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(text),
    fail,
    apiKey: () => settings().uploadKey,
    cacheFolder: () => join(settings().dataDir, "scan-cache"),
    interactive: process.stderr.isTTY === true,
  };
  addScanCommands(program, terminal);
  addCheckCommands(program, terminal);
  program
    .command("verify")
    .description("recompute verdicts and counters from the stored events and name every difference")
    .action(verify);
  await program.parseAsync();
}
