import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { historyEntry } from "@/contracts/scans";
import { diffScans } from "@/domain/consolidation/diff-scans";
import { openCache } from "./cache";
import { parseConfig } from "./config";
import { headOf } from "./git";
import { commitsToScan, type HistoryOptions, parseEvery, parseSince, scanHistory } from "./history";
import { createReader } from "./reader";
import { scanTree } from "./scan";
import { buildScriptedHistory, HISTORY_CONFIG, HISTORY_COUNTS, HISTORY_TIMES } from "./testing/scripted-history";
import { walkFolder } from "./walk";

const base = mkdtempSync(join(tmpdir(), "history-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const repository = join(base, "chat");
buildScriptedHistory(repository);

const parsed = parseConfig(HISTORY_CONFIG, "config");
if (!parsed.ok) throw new Error(parsed.message);
const { config } = parsed;
const { readAll } = createReader(await openCache(null), null, 1);

async function scanned(options: Partial<HistoryOptions> = {}) {
  const commits = await commitsToScan(repository, { since: null, every: { commits: 1 }, ...options });
  const found = [];
  for await (const one of scanHistory(repository, commits, config, readAll)) found.push(one);
  return found;
}

describe("the scripted history", () => {
  it("is read as 3 → 5 → 6 → 10 → 8 → 1 at the times of its commits", async () => {
    const found = await scanned();
    expect(found.map(({ report }) => report.concepts[0]?.count)).toEqual(HISTORY_COUNTS);
    expect(found.map(({ committedAt }) => committedAt)).toEqual(HISTORY_TIMES);
    for (const { paths: _, ...one } of found) expect(historyEntry.parse(one)).toEqual(one);
    expect(found[0]?.paths).toContain("chat/server.py");
  });

  it("ends with what a scan of the work tree says", async () => {
    const head = await headOf(repository);
    const now = await scanTree(await walkFolder(repository), head?.id ?? null, config, readAll);
    expect((await scanned()).at(-1)?.report).toEqual(now);
  });

  it("names what came and what went from commit to commit", async () => {
    const [, , third, fourth] = (await scanned()).map(({ report }) => report.concepts[0]);
    if (!third || !fourth) throw new Error("no concept");
    const { came, went, moved } = diffScans(third, fourth);
    expect(came.map(({ name }) => name).sort()).toEqual([
      "BatchRouter",
      "CanonicalRouter",
      "RetryRouter",
      "ToolRouter",
    ]);
    expect([went, moved]).toEqual([[], []]);
  });

  it("is thinned by commits and by periods, and always holds the newest", async () => {
    const times = async (every: string, since: string | null = null) =>
      (await commitsToScan(repository, { since, every: parseEvery(every) ?? { commits: 1 } })).map(
        ({ committedAt }) => committedAt,
      );
    expect(await times("2")).toEqual([HISTORY_TIMES[1], HISTORY_TIMES[3], HISTORY_TIMES[5]]);
    expect(await times("8w")).toEqual([HISTORY_TIMES[3], HISTORY_TIMES[5]]);
    expect(await times("1", "2026-02-01T00:00:00Z")).toEqual(HISTORY_TIMES.slice(3));
    expect(parseSince(HISTORY_TIMES[3]?.slice(0, 10) ?? "")).toBe(`${HISTORY_TIMES[3]?.slice(0, 10)}T00:00:00.000Z`);
    expect(["2025-13-45", "2025-02-30", "", "2 weeks ago"].map(parseSince)).toEqual([null, null, null, "2 weeks ago"]);
    expect(["0", "x", "1y", "-1", ""].map(parseEvery)).toEqual([null, null, null, null, null]);
  });
});

describe("a repository that nobody vouches for", () => {
  it("runs none of its own programs when it is scanned", async () => {
    const mark = join(base, "ran");
    const program = join(base, "program.sh");
    writeFileSync(program, `#!/bin/sh\necho ran >> ${mark}\ncat\n`);
    chmodSync(program, 0o755);
    const set = (name: string, value: string) => execFileSync("git", ["-C", repository, "config", name, value]);
    for (const name of [
      "core.fsmonitor",
      "core.pager",
      "core.sshCommand",
      "filter.evil.smudge",
      "filter.evil.clean",
      "diff.evil.textconv",
    ])
      set(name, program);
    set("core.hooksPath", base);
    writeFileSync(join(base, "post-checkout"), readFileSync(program));
    writeFileSync(join(repository, ".git", "info", "attributes"), "*.py filter=evil diff=evil\n");
    await scanned();
    await headOf(repository);
    await walkFolder(repository);
    expect(existsSync(mark)).toBe(false);
  });
});
