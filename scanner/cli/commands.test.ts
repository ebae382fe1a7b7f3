import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { historyEntry, scanReport } from "@/contracts/scans";
import { parseConfig } from "../config";
import { FIXTURES } from "../testing/scan-folder";
import { buildScriptedHistory, HISTORY_COUNTS } from "../testing/scripted-history";
import { addCheckCommands } from "./check-commands";
import { addScanCommands } from "./scan-commands";

const base = mkdtempSync(join(tmpdir(), "scan-cli-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
cpSync(join(FIXTURES, "parlor"), join(base, "parlor"), { recursive: true });
buildScriptedHistory(join(base, "history"));

/** What a command wrote, and why it failed. */
async function signalbox(...args: string[]) {
  const said = { out: "", notes: "", failed: null as string | null };
  const terminal = {
    folder: base,
    write: (text: string) => {
      said.out += text;
    },
    note: (text: string) => {
      said.notes += text;
    },
    fail: (text: string) => {
      said.failed = text;
    },
    cacheFolder: () => join(base, "cache"),
    interactive: false,
  };
  const program = new Command();
  addScanCommands(program, terminal);
  addCheckCommands(program, terminal);
  await program.parseAsync(args, { from: "user" });
  return said;
}

describe("signalbox scan", () => {
  it("prints the report of the contract, or a table", async () => {
    const { out } = await signalbox("scan", "parlor", "--json");
    expect(scanReport.parse(JSON.parse(out)).concepts[0]?.id).toBe("message-router");
    const table = (await signalbox("scan", "parlor")).out;
    expect(table).toContain("message-router: 11 implementations, target 1");
    expect(table).toContain("parlor/sockets/broken.py: syntax error in line 2");
  });

  it("prints a line for each commit of a history", async () => {
    const { out } = await signalbox("scan", "history", "--history", "--json");
    const entries = out
      .trim()
      .split("\n")
      .map((line) => historyEntry.parse(JSON.parse(line)));
    expect(entries.map(({ report }) => report.concepts[0]?.count)).toEqual(HISTORY_COUNTS);
    const table = (await signalbox("scan", "history", "--history", "--every", "2")).out.trim().split("\n");
    expect(table).toHaveLength(3);
    expect(table[1]).toContain(" 10 implementations");
    expect(table[2]).toMatch(/1 implementations {2}100\.0 % \(1\/1\) .*-PlainRouter/);
  });

  it("says what is wrong with what it was given", async () => {
    expect((await signalbox("scan", "nowhere")).failed).toContain("nowhere is not a folder");
    expect((await signalbox("scan", ".")).failed).toContain(
      "signalbox.config.yaml cannot be read; `signalbox init .` writes one",
    );
    expect((await signalbox("scan", "parlor", "--history")).failed).toContain("is no git repository");
    expect((await signalbox("scan", "history", "--history", "--every", "often")).failed).toContain(
      "--every often: must be",
    );
    writeFileSync(join(base, "wrong.yaml"), "concepts:\n  - id: a\n    names: 3\n");
    expect((await signalbox("scan", "parlor", "--config", "wrong.yaml")).failed).toContain(
      "wrong.yaml: concepts[0].names: ",
    );
    expect((await signalbox("explain", "NobodyRouter", "parlor")).failed).toContain("knows NobodyRouter");
  });
});

describe("signalbox check", () => {
  it("passes what was stored, and names what came since", async () => {
    expect((await signalbox("check", "parlor")).notes).toContain("only the limits of the config count");
    await signalbox("check", "parlor", "--update");
    expect(await signalbox("check", "parlor")).toEqual({
      out: "nothing got worse (message-router: 11 of 1)\n",
      notes: "",
      failed: null,
    });
    writeFileSync(
      join(base, "parlor/parlor/new_router.py"),
      readFileSync(join(base, "parlor/parlor/legacy/kept.py"), "utf8").replace("Classic", "Fresh"),
    );
    writeFileSync(
      join(base, "parlor/parlor/uses.py"),
      "from parlor.new_router import FreshRouter\n\nfresh = FreshRouter()\n",
    );
    const { out, failed } = await signalbox("check", "parlor");
    expect(failed).toBe("3 problems");
    expect(out).toContain("message-router: FreshRouter (parlor/new_router.py:1) came as an implementation");
    expect(out).toContain("message-router: parlor/uses.py came to import FreshRouter from parlor.new_router in line 1");
    expect(out).toContain("message-router: compliance fell from 66.7 % to 62.5 %");
  });
});

describe("signalbox init", () => {
  it("writes a config that is valid and finds the canonical, and replaces none unasked", async () => {
    cpSync(join(FIXTURES, "parlor/parlor"), join(base, "fresh/parlor"), { recursive: true });
    await signalbox("init", "fresh");
    const parsed = parseConfig(readFileSync(join(base, "fresh/signalbox.config.yaml"), "utf8"), "config");
    expect(parsed).toMatchObject({
      ok: true,
      config: { concepts: [{ canonical: "parlor/routing/canonical.py:CanonicalMessageRouter" }] },
    });
    expect((await signalbox("init", "fresh")).failed).toContain("is there already");
    expect((await signalbox("scan", "fresh")).failed).toBeNull();
  });
});
