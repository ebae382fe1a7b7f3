import { userInfo } from "node:os";
import type { Actor } from "../access/audit";
import type { Database } from "../storage/database";

/** What a command works with. */
export interface CliContext {
  db: Database;
  publicUrl: string;
  nowMs: () => number;
  /** Standard output: the answer, and nothing else. */
  write(text: string): void;
  /** Standard error: what a person should know beside it. */
  note(text: string): void;
  /** Says why the command did nothing, and makes it fail. */
  fail(text: string): void;
}
export type RunCommand = (work: (context: CliContext) => Promise<void>) => Promise<void>;

/** Options of the commands that list. */
export interface ListOptions {
  all?: boolean;
  json?: boolean;
}

/** Who sits at the terminal: the name that the operating system knows. */
export function terminalActor(): Actor {
  const name = (() => {
    try {
      return userInfo().username;
    } catch {
      return `uid ${process.getuid?.() ?? "unknown"}`;
    }
  })();
  return { kind: "cli", id: name, name, address: null };
}

/** Everything that a paged list holds. */
export async function everyPage<T>(
  read: (cursor: string | null) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page = await read(cursor);
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** One JSON object a line. */
export const asLines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
