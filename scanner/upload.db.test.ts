import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scanDetail, scanList } from "@/contracts/consolidation";
import { ADMIN_KEY, createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { openCache } from "./cache";
import { parseConfig } from "./config";
import { commitsToScan, scanHistory } from "./history";
import { createReader } from "./reader";
import { FIXTURES, scanFolder } from "./testing/scan-folder";
import { buildScriptedHistory, HISTORY_CONFIG, HISTORY_COUNTS, HISTORY_TIMES } from "./testing/scripted-history";
import { uploadScan } from "./upload";

const folder = mkdtempSync(join(tmpdir(), "upload-"));
let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await app.close();
});

describe("a history that is uploaded", () => {
  it("is stored commit by commit, once however often it is sent", async () => {
    buildScriptedHistory(folder);
    const parsed = parseConfig(HISTORY_CONFIG, "config");
    if (!parsed.ok) throw new Error(parsed.message);
    const { readAll } = createReader(await openCache(null), null, 1);
    const commits = await commitsToScan(folder, { since: null, every: { commits: 1 } });
    const statuses = async () => {
      const found: string[] = [];
      for await (const scanned of scanHistory(folder, commits, parsed.config, readAll)) {
        const result = await uploadScan(new URL(app.url), ADMIN_KEY, { configHash: parsed.hash, ...scanned });
        found.push(result.ok ? result.status : result.message);
      }
      return found;
    };
    expect(new Set(await statuses())).toEqual(new Set(["created"]));
    expect(new Set(await statuses())).toEqual(new Set(["unchanged"]));
    const { items } = scanList.parse((await app.get("/api/v1/scans")).body);
    const stored = [...items].reverse();
    expect(stored.map(({ concepts }) => concepts[0]?.count)).toEqual(HISTORY_COUNTS);
    expect(stored.map(({ committedAt }) => committedAt)).toEqual(HISTORY_TIMES);
  });
});

describe("a scan of a whole fixture", () => {
  it("is stored with every file that could not be analysed, and refused without a right key", async () => {
    const report = await scanFolder(join(FIXTURES, "parlor"));
    const upload = { configHash: "c".repeat(64), committedAt: null, report };
    const result = await uploadScan(new URL(app.url), ADMIN_KEY, upload);
    if (!result.ok) throw new Error(result.message);
    const stored = scanDetail.parse((await app.get(`/api/v1/scans/${result.id}`)).body);
    expect(stored.notAnalysedFiles.items.map(({ file }) => file)).toEqual(["parlor/sockets/broken.py"]);
    const refused = await uploadScan(new URL(app.url), "no-key-of-anybody", upload);
    expect(refused).toMatchObject({ ok: false, message: expect.stringContaining(" answered 401: ") });
  });
});
