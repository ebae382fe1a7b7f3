/**
 * Git as a reader of objects. The repository may be anybody's: nothing that its configuration could name is run (hooks,
 * fsmonitor, filters, textconv, pagers, transports), because only plumbing is called that reads objects and refs.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export const SAFE_FLAGS = [
  "--no-pager",
  "--no-optional-locks",
  "--no-replace-objects",
  "--literal-pathspecs",
  ...[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "protocol.allow=never",
    "safe.directory=*",
  ].flatMap((setting) => ["-c", setting]),
];

const MAX_OUTPUT = 512 * 1024 * 1024;

/** Standard output; rejects where git is not there, or says no. */
export async function git(folder: string, args: string[]): Promise<string> {
  const { stdout } = await run("git", [...SAFE_FLAGS, "-C", folder, ...args], {
    maxBuffer: MAX_OUTPUT,
    encoding: "utf8",
  });
  return stdout;
}

export interface Commit {
  id: string;
  /** ISO, UTC. */
  committedAt: string;
}

/** What is checked out; null outside of a repository or before the first commit. */
export async function headOf(folder: string): Promise<Commit | null> {
  try {
    const [commit] = await commitsOf(folder, ["--max-count=1", "HEAD"]);
    return commit ?? null;
  } catch {
    return null;
  }
}

/** As `rev-list` gives them. */
export async function commitsOf(folder: string, args: string[]): Promise<Commit[]> {
  const text = await git(folder, ["rev-list", "--no-commit-header", "--format=%H %ct", ...args, "--"]);
  return text.split("\n").flatMap((line) => {
    const [id, seconds] = line.split(" ");
    return id && seconds ? [{ id, committedAt: new Date(Number(seconds) * 1000).toISOString() }] : [];
  });
}
