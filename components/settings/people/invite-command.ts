import type { PersonRole } from "@/contracts/access";

const PLAIN = /^[A-Za-z0-9_@.+-]+$/;

/** What somebody types on the server to let a person in. Links are made there only, and shown there once. */
export function inviteCommand(name: string, role: PersonRole): string {
  const quoted = PLAIN.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
  return `bin/signalbox invite ${name === "" ? "<name>" : quoted}${role === "admin" ? " --role admin" : ""}`;
}
