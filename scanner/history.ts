/** Scans a repository's past, commit by commit, oldest first. */
import type { ScanReport } from "@/domain/consolidation/types";
import { commitTree } from "./commit-tree";
import type { ScanConfig } from "./config";
import { type Commit, commitsOf, git } from "./git";
import { openObjects } from "./object-reader";
import { type ReadAll, scanTree } from "./scan";

/** `commits`: each n-th, counted back from the newest. `ms`: the last commit of each such period. */
export type Every = { commits: number } | { ms: number };

export interface HistoryOptions {
  /** A day, or anything else that git reads as a date; null from the first commit on. */
  since: string | null;
  every: Every;
}

export interface ScannedCommit {
  committedAt: string;
  report: ScanReport;
  /** Every file of the commit that is not ignored or left out. */
  paths: string[];
}

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `10` is each tenth commit; `12h`, `1d`, `2w` the last of each period; null for anything else. */
export function parseEvery(text: string): Every | null {
  const [, digits, unit] = /^(\d{1,6})([hdw]?)$/.exec(text) ?? [];
  const amount = Number(digits);
  if (!amount) return null;
  return unit ? { ms: amount * (UNITS[unit] ?? 0) } : { commits: amount };
}

/** A day from its first moment in UTC, where git would take the present time of that day; null for what is no date. */
export function parseSince(text: string): string | null {
  const [, day, rest = ""] = /^(\d{4}-\d{1,2}-\d{1,2})(.*)$/s.exec(text) ?? [];
  if (day === undefined) return /[a-z0-9]/i.test(text) ? text : null;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const found = new Date(Date.UTC(year, month - 1, date));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== date) return null;
  return rest === "" ? found.toISOString() : text;
}

/** The first parents of HEAD, oldest first: what the branch itself went through. The newest is always there. */
export async function commitsToScan(folder: string, { since, every }: HistoryOptions): Promise<Commit[]> {
  const range = since === null ? [] : [`--since=${since}`];
  const commits = await commitsOf(folder, ["--first-parent", ...range, "HEAD"]);
  const seen = new Set<number>();
  const chosen = commits.filter(({ committedAt }, index) => {
    if ("commits" in every) return index % every.commits === 0;
    const period = Math.floor(Date.parse(committedAt) / every.ms);
    return seen.has(period) ? false : seen.add(period).size > 0;
  });
  return chosen.reverse();
}

/** A commit whose sources are those of the one before is not judged again. */
export async function* scanHistory(
  folder: string,
  commits: readonly Commit[],
  config: ScanConfig,
  readAll: ReadAll,
): AsyncGenerator<ScannedCommit> {
  const prefix = (await git(folder, ["rev-parse", "--show-prefix"])).trim();
  const objects = openObjects(folder);
  let last: { sources: string; report: ScanReport } | null = null;
  try {
    for (const { id, committedAt } of commits) {
      const tree = await commitTree(folder, prefix, id, objects);
      const sources = JSON.stringify([tree.files, tree.settings]);
      const same = last?.sources === sources && tree.settings.length === 0 ? last.report : null;
      const report: ScanReport = same ? { ...same, commit: id } : await scanTree(tree, id, config, readAll);
      last = { sources, report };
      yield { committedAt, report, paths: tree.paths };
    }
  } finally {
    objects.close();
  }
}

/** The clone was cut off: what lies before is not there. */
export async function isShallow(folder: string): Promise<boolean> {
  return (await git(folder, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
}
