import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { historyEntry, type ScanUpload, scanReport, scanUpload } from "@/contracts/scans";
import { parseConfig } from "../config";
import { FIXTURES } from "../testing/scan-folder";
import { buildScriptedHistory, HISTORY_COUNTS, HISTORY_TIMES } from "../testing/scripted-history";
import { addCheckCommands } from "./check-commands";
import { addScanCommands } from "./scan-commands";

const base = mkdtempSync(join(tmpdir(), "scan-cli-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
cpSync(join(FIXTURES, "parlor"), join(base, "parlor"), { recursive: true });
buildScriptedHistory(join(base, "history"));

/** What SIGNALBOX_KEY holds. */
let key: string | null = null;

/** A Signalbox that says what it was sent. */
async function receiving(answer: (upload: unknown) => [status: number, body: unknown]) {
  const seen: { upload: ScanUpload; authorization: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const upload = scanUpload.parse(JSON.parse(gunzipSync(Buffer.concat(chunks)).toString("utf8")));
    seen.push({ upload, authorization: request.headers.authorization });
    const [status, body] = answer(upload);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { seen, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

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
    apiKey: () => key,
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
    expect(table).toMatch(/\n\d+ files in \d+\.\d s: \d+ files\/s\n$/);
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
    expect((await signalbox("scan", "history", "--history", "--since", "2025-13-45")).failed).toContain(
      "--since 2025-13-45: must be a date",
    );
    writeFileSync(join(base, "wrong.yaml"), "concepts:\n  - id: a\n    names: 3\n");
    expect((await signalbox("scan", "parlor", "--config", "wrong.yaml")).failed).toContain(
      "wrong.yaml: concepts[0].names: ",
    );
    expect((await signalbox("explain", "NobodyRouter", "parlor")).failed).toContain("knows NobodyRouter");
  });
});

describe("a file whose name is no plain text", () => {
  it("is listed, and moves no cursor", async () => {
    cpSync(join(base, "history"), join(base, "escapes"), { recursive: true });
    writeFileSync(join(base, "escapes/a\u001b[2J\nb.py"), "class Broken(:\n");
    writeFileSync(
      join(base, "escapes/c\nd.py"),
      "class OtherRouter:\n    def handle(self, message):\n        return 1\n",
    );
    const { out } = await signalbox("scan", "escapes");
    expect(out).toContain("a\\u{1b}[2J\\nb.py: syntax error in line 1");
    expect(out).toContain("c\\nd.py:1");
    expect(out).not.toContain("\u001b");
  });
});

describe("signalbox scan --upload", () => {
  it("sends each commit with its time and the config's hash, under the key", async () => {
    key = "k1";
    const there = await receiving(() => [201, { id: "s1", status: "created", campaigns: null }]);
    const { notes, failed } = await signalbox("scan", "history", "--history", "--upload", there.url);
    there.close();
    expect(failed).toBeNull();
    expect(there.seen.map(({ upload }) => upload.committedAt)).toEqual(HISTORY_TIMES);
    expect(there.seen.every(({ upload }) => upload.paths?.includes("signalbox.config.yaml"))).toBe(true);
    expect(there.seen[0]?.upload.campaigns).toEqual({ project: "history", items: [] });
    expect(new Set(there.seen.map(({ authorization }) => authorization))).toEqual(new Set(["Bearer k1"]));
    expect(notes).toContain("stored as s1 (created)");
  });

  it("says what is missing, and what the other side refused, after one try", async () => {
    key = null;
    expect((await signalbox("scan", "parlor", "--upload", "http://127.0.0.1:1")).failed).toContain("SIGNALBOX_KEY");
    key = "k1";
    expect((await signalbox("scan", "parlor", "--upload", "there")).failed).toContain(
      "--upload there: must be an address",
    );
    const there = await receiving(() => [403, { error: { code: "forbidden", message: "this key may not ingest" } }]);
    const { failed } = await signalbox("scan", "history", "--history", "--upload", there.url);
    there.close();
    expect(failed).toBe(`${there.url} answered 403: this key may not ingest`);
    expect(there.seen).toHaveLength(1);
    expect((await signalbox("scan", "parlor", "--upload", there.url)).failed).toContain("cannot be reached");
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

describe("a canonical that is not there", () => {
  it("is named by scan, and fails check", async () => {
    const text = readFileSync(join(FIXTURES, "parlor/signalbox.config.yaml"), "utf8");
    writeFileSync(join(base, "renamed.yaml"), text.replace(/canonical: .*/, "canonical: parlor/nope.py:NopeRouter"));
    const said = "message-router: canonical: parlor/nope.py:NopeRouter is no class";
    expect((await signalbox("scan", "parlor", "--config", "renamed.yaml")).notes).toContain(said);
    const { out, failed } = await signalbox("check", "parlor", "--config", "renamed.yaml", "--state", "none.json");
    expect(failed).toBe("1 problem");
    expect(out).toContain(said);
  });
});

describe("a checkout with links that lead out of it", () => {
  it("is not written through, by check --update or by init --force", async () => {
    cpSync(join(base, "history"), join(base, "linking"), { recursive: true });
    const outside = join(base, "outside.txt");
    writeFileSync(outside, "mine");
    symlinkSync(outside, join(base, "linking/signalbox.state.json"));
    expect((await signalbox("check", "linking", "--update")).failed).toContain("is a link: nothing is written");
    rmSync(join(base, "linking/signalbox.config.yaml"));
    symlinkSync(outside, join(base, "linking/signalbox.config.yaml"));
    expect((await signalbox("init", "linking", "--force")).failed).toContain("is a link: nothing is written");
    expect(readFileSync(outside, "utf8")).toBe("mine");
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
    const proposed = readFileSync(join(base, "fresh/signalbox.config.yaml"), "utf8");
    const uncommented = proposed.replace(/^# campaigns:[\s\S]*/m, (text) => text.replaceAll(/^# ?/gm, ""));
    expect(parseConfig(uncommented, "config")).toMatchObject({
      ...{ ok: true, config: { campaigns: [{ windowMinutes: 1_440, holdMinutes: 10_080 }] } },
    });
    expect((await signalbox("init", "fresh")).failed).toContain("is there already");
    expect((await signalbox("scan", "fresh")).failed).toBeNull();
  });
});
