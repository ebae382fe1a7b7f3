/** Keys at the command line, in the database of a running app. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { ALL_ENVIRONMENTS, type KeyRow, keyRole, newKey } from "@/contracts/access";
import { aboutKey, recordAudit } from "../access/audit";
import { createKey, listKeys, readKey, revokeKey } from "../access/keys";
import { createdPosition, readCursor } from "../queries/cursor";
import { asTable } from "./as-table";
import { asLines, type CliContext, everyPage, type ListOptions, type RunCommand, terminalActor } from "./context";

const PAGE = 200;

export function addKeyCommands(program: Command, run: RunCommand): void {
  const key = program.command("key").description("make, list and revoke keys");
  key
    .command("create")
    .argument("<name>", "what the key is for, as lists show it")
    .addOption(new Option("--role <role>", "what the key may do").choices(keyRole.options).makeOptionMandatory())
    .option("--environment <names...>", `where it may do it, the default first; "${ALL_ENVIRONMENTS}" = everywhere`, [
      "default",
    ])
    .option("--requests-per-minute <n>", "requests and socket messages it may send", wholeNumber)
    .option("--events-per-minute <n>", "telemetry events it may send", wholeNumber)
    .description("make a key and print its secret, which is shown this once")
    .action((name: string, options: KeyOptions) => run((context) => makeKey(context, name, options)));
  key
    .command("list")
    .option("--all", "revoked ones too")
    .option("--json", "one object a line")
    .description("list keys, newest first")
    .action((options: ListOptions) => run((context) => showKeys(context, options)));
  key
    .command("revoke")
    .argument("<id>")
    .description("revoke a key for good: its sockets close within five seconds")
    .action((id: string) => run((context) => endKey(context, id)));
}

interface KeyOptions {
  role: string;
  environment: string[];
  requestsPerMinute?: number;
  eventsPerMinute?: number;
}

async function makeKey({ db, nowMs, write, note, fail }: CliContext, name: string, options: KeyOptions): Promise<void> {
  const { environment: environments, ...rest } = options;
  const wanted = newKey.safeParse({ name, environments, ...rest });
  if (!wanted.success) {
    return fail(wanted.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
  }
  const actor = terminalActor();
  const { row, secret } = await createKey(db, { ...wanted.data, createdBy: actor.name }, nowMs());
  await recordAudit(db, { actor, action: "key_created", ...aboutKey(row) }, nowMs());
  note(`${row.role} key ${row.id} for ${row.environments.join(", ")}. Its secret is shown this once:\n`);
  write(`${secret}\n`);
}

async function showKeys({ db, write }: CliContext, { all, json }: ListOptions): Promise<void> {
  const keys = await everyPage((cursor) =>
    listKeys(db, {
      within: "all",
      state: all ? null : "active",
      after: cursor === null ? null : readCursor(createdPosition, cursor),
      limit: PAGE,
    }),
  );
  write(json ? asLines(keys) : asTable(keys.map(keyCells)));
}

async function endKey({ db, nowMs, write, fail }: CliContext, id: string): Promise<void> {
  const key = await readKey(db, id);
  if (!key) return fail("no key has this id; `signalbox key list` shows them");
  const actor = terminalActor();
  if (!(await revokeKey(db, id, { nowMs: nowMs(), revokedBy: actor.name })))
    return write(`${key.name} was revoked already\n`);
  await recordAudit(db, { actor, action: "key_revoked", ...aboutKey(key) }, nowMs());
  write(`${key.name} is revoked\n`);
}

function keyCells(key: KeyRow): Record<string, string> {
  const limits = [
    key.requestsPerMinute === null ? [] : `${key.requestsPerMinute} requests`,
    key.eventsPerMinute === null ? [] : `${key.eventsPerMinute} events`,
  ].flat();
  return {
    id: key.id,
    begins: key.prefix,
    name: key.name,
    role: key.role,
    environments: key.environments.join(" "),
    "a minute": limits.join(" ") || "no limit",
    created: key.createdAt,
    by: key.createdBy,
    "last used": key.lastUsedAt ?? "never",
    revoked: key.revokedAt ?? "",
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("must be a whole number");
  return Number(text);
}
