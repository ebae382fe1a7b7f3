/** The command line: what an operator does beside a running app. Talks to the same database. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import pino from "pino";
import { createAccess } from "../access/create-access";
import { readConfig } from "../config";
import { verifyStore } from "../judge/verify-store";
import { openDatabase } from "../storage/database";
import { runningDatabaseUrl } from "../storage/embedded/running-database";
import { openStorage, type Storage } from "../storage/open-storage";
import { storedPolicy } from "../storage/settle-policy";
import { VERSION } from "../version";

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

async function invite(name: string): Promise<void> {
  const config = settings();
  const storage = await openBeside();
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const access = createAccess({ db: storage.db, adminKey: null, publicUrl: () => publicUrl, nowMs: Date.now });
  process.stdout.write(`${await access.createSignInLink(name)}\n`);
  await storage.close();
}

async function verify(): Promise<void> {
  const config = settings();
  const storage = await openBeside();
  const { differences, journeys, rollups } = await verifyStore(
    storage.db,
    Date.now(),
    await storedPolicy(storage.db, config.policy),
  );
  for (const difference of differences.slice(0, MAX_SHOWN)) process.stdout.write(`${JSON.stringify(difference)}\n`);
  const found = differences.length === 0 ? "no difference" : `${differences.length} differences`;
  process.stdout.write(`${journeys} journeys and ${rollups} counters recomputed: ${found}\n`);
  await storage.close();
  if (differences.length > 0) process.exitCode = 1;
}

const program = new Command("signalbox").version(VERSION).description("Operate a Signalbox installation.");
program
  .command("invite")
  .argument("<name>", "the person the link is for")
  .description("print a sign-in link: good once, for ten minutes")
  .action(invite);
program
  .command("verify")
  .description("recompute verdicts and counters from the stored events and name every difference")
  .action(verify);
await program.parseAsync();
