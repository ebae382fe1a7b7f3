/** Canary tokens at the command line, in the database of a running app. */
import type { Command } from "commander";
import { type CanaryRow, newCanary } from "@/contracts/canaries";
import { recordAudit } from "../access/audit";
import { aboutCanary, createCanary, deleteCanary, listCanaries } from "../canaries/canaries";
import { startErasedUsers } from "../erasure/erased-users";
import { loadInstallationSecret } from "../ingest/installation-secret";
import { createdPosition, readCursor } from "../queries/cursor";
import type { Database } from "../storage/database";
import { asTable } from "./as-table";
import { asLines, type CliContext, everyPage, type ListOptions, type RunCommand, terminalActor } from "./context";

const PAGE = 200;

export function addCanaryCommands(program: Command, run: RunCommand): void {
  const canary = program
    .command("canary")
    .description("issue, list and delete canary tokens: text planted in one user's data to see who else gets it");
  canary
    .command("create")
    .argument("<user>", "for whom it is planted: the id that connections authenticate")
    .option("--environment <name>", "where it is looked for", "default")
    .description("issue a token and print it, this once; only payloads that come in from now on are searched for it")
    .action((user: string, options: { environment: string }) => run((context) => issue(context, user, options)));
  canary
    .command("list")
    .option("--json", "one object a line")
    .description("list canaries, newest first, without their tokens")
    .action((options: ListOptions) => run((context) => show(context, options)));
  canary
    .command("delete")
    .argument("<id>")
    .description("stop looking for a token; what was found by it stays")
    .action((id: string) => run((context) => remove(context, id)));
}

async function issue(
  { db, nowMs, write, note, fail }: CliContext,
  userId: string,
  { environment }: { environment: string },
): Promise<void> {
  const wanted = newCanary.safeParse({ userId, environment });
  if (!wanted.success) {
    return fail(wanted.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
  }
  if (await wasErased(db, environment, userId)) return fail("this user was erased");
  const actor = terminalActor();
  const { row, token } = await createCanary(db, wanted.data, { createdBy: actor.name, nowMs: nowMs() });
  await recordAudit(db, { actor, action: "canary_created", ...aboutCanary(row) }, nowMs());
  note(`canary ${row.id} for ${userId} in ${environment}. Payloads are searched from now on; it is shown this once:\n`);
  write(`${token}\n`);
}

async function wasErased(db: Database, environment: string, userId: string): Promise<boolean> {
  const onError = () => undefined;
  const erased = await startErasedUsers({ db, secret: await loadInstallationSecret(db), onError });
  erased.stop();
  return erased.nameOf(environment, userId) !== userId;
}

async function show({ db, write }: CliContext, { json }: ListOptions): Promise<void> {
  const rows = await everyPage((cursor) =>
    listCanaries(db, {
      within: "all",
      after: cursor === null ? null : readCursor(createdPosition, cursor),
      limit: PAGE,
    }),
  );
  write(json ? asLines(rows) : asTable(rows.map(cells)));
}

async function remove({ db, nowMs, write, fail }: CliContext, id: string): Promise<void> {
  const row = await deleteCanary(db, id, "all");
  if (!row) return fail("no canary has this id; `signalbox canary list` shows them");
  await recordAudit(db, { actor: terminalActor(), action: "canary_deleted", ...aboutCanary(row) }, nowMs());
  write("deleted\n");
}

function cells({ id, userId, environment, createdAt, createdBy }: CanaryRow): Record<string, string> {
  return { id, user: userId, environment, created: createdAt, by: createdBy };
}
