/** People and their sessions at the command line, in the database of a running app. */
import { type Command, Option } from "commander";
import { accessName, type PersonRole, personRole, type SessionRow } from "@/contracts/access";
import { recordAudit } from "../access/audit";
import { createAccess } from "../access/create-access";
import { listSessions, readSession, revokeSessions } from "../access/sessions";
import { withdrawLinks } from "../access/sign-in-links";
import { createdPosition, readCursor } from "../queries/cursor";
import { asTable } from "./as-table";
import { asLines, type CliContext, everyPage, type ListOptions, type RunCommand, terminalActor } from "./context";

const PAGE = 200;

export function addPeopleCommands(program: Command, run: RunCommand): void {
  program
    .command("invite")
    .argument("<name>", "the person the link is for")
    .addOption(new Option("--role <role>", "what the person may do").choices(personRole.options).default("read"))
    .description("print a sign-in link: good once, for ten minutes")
    .action((name: string, { role }: { role: PersonRole }) => run((context) => invite(context, name, role)));

  const session = program.command("session").description("list and end sessions of people");
  session
    .command("list")
    .option("--all", "those that are over too")
    .option("--json", "one object a line")
    .description("list sessions, newest first")
    .action((options: ListOptions) => run((context) => showSessions(context, options)));
  session
    .command("revoke")
    .argument("[id]")
    .option("--person <name>", "every session and sign-in link of a person")
    .description("end a session for good: its sockets close within five seconds")
    .action((id: string | undefined, { person }: { person?: string }) =>
      run((context) => endSessions(context, id, person)),
    );
}

async function invite(
  { db, publicUrl, nowMs, write, fail }: CliContext,
  text: string,
  role: PersonRole,
): Promise<void> {
  const name = accessName.safeParse(text);
  if (!name.success) return fail(`name: ${name.error.issues[0]?.message}`);
  const access = createAccess({ db, adminKey: null, publicUrl: () => publicUrl, nowMs });
  await access.record({ actor: terminalActor(), action: "invited", target: name.data, detail: { role } });
  write(`${await access.createSignInLink({ name: name.data, role })}\n`);
}

async function showSessions({ db, nowMs, write }: CliContext, { all, json }: ListOptions): Promise<void> {
  const sessions = await everyPage((cursor) =>
    listSessions(db, {
      state: all ? null : "open",
      person: null,
      after: cursor === null ? null : readCursor(createdPosition, cursor),
      limit: PAGE,
      nowMs: nowMs(),
      callerId: "",
    }),
  );
  write(json ? asLines(sessions) : asTable(sessions.map(sessionCells)));
}

async function endSessions(
  { db, nowMs, write, fail }: CliContext,
  id: string | undefined,
  person: string | undefined,
): Promise<void> {
  if ((id === undefined) === (person === undefined)) return fail("name either a session's id or --person <name>");
  const actor = terminalActor();
  const by = { nowMs: nowMs(), revokedBy: actor.name };
  if (person !== undefined) {
    const sessions = await revokeSessions(db, { person }, by);
    const links = await withdrawLinks(db, person, nowMs());
    await recordAudit(db, { actor, action: "person_removed", target: person, detail: { sessions, links } }, nowMs());
    return write(`${sessions} sessions and ${links} sign-in links of ${person} are ended\n`);
  }
  const session = id === undefined ? null : await readSession(db, id, "");
  if (!session) return fail("no session has this id; `signalbox session list` shows them");
  if ((await revokeSessions(db, { id: session.id }, by)) === 0)
    return write(`the session of ${session.person} was over already\n`);
  const { person: name, role } = session;
  await recordAudit(
    db,
    { actor, action: "session_revoked", target: session.id, detail: { person: name, role } },
    nowMs(),
  );
  write(`the session of ${name} is ended\n`);
}

function sessionCells(session: SessionRow): Record<string, string> {
  return {
    id: session.id,
    person: session.person,
    role: session.role,
    from: session.address ?? "",
    created: session.createdAt,
    "last seen": session.lastSeenAt,
    ends: session.revokedAt ?? session.expiresAt,
  };
}
