import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  consolidation,
  routersInCode,
  type ScanPartPage,
  scanDetail,
  scanDifference,
  scanFile,
  scanList,
  scanPartPage,
  storedScan,
} from "@/contracts/consolidation";
import type { ScanUpload } from "@/contracts/scans";
import type { ConceptReport, Role } from "@/domain/consolidation/types";
import { NOW_MS } from "./testing/seed";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

const DAY_MS = 86_400_000;
const CONFIG = "a".repeat(64);
let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

function concept(roles: Record<string, Role>, legacy: string[] = []): ConceptReport {
  const symbols = Object.entries(roles).map(([name, role], n) => ({
    ...{ name, role, file: `app/${name}.py`, line: n + 1 },
    reasons: [{ file: `app/${name}.py`, line: n + 1, text: `${name} is ${role}` }],
  }));
  return {
    ...{ id: "message_router", symbols, target: 1, drift: [], handlerConflicts: [], missingModules: [] },
    count: symbols.filter(({ role }) => role === "canonical" || role === "duplicate").length,
    compliance: { canonical: 1, total: 1 + legacy.length, ratio: 1 / (1 + legacy.length) },
    importers: {
      canonical: [],
      legacy: legacy.map((file) => ({ file, imports: [{ line: 1, module: "app.old", name: "OldRouter" }] })),
    },
  };
}

function upload(commit: string | null, daysAgo: number, concepts: ConceptReport[]): ScanUpload {
  return {
    configHash: CONFIG,
    committedAt: commit === null ? null : new Date(NOW_MS - daysAgo * DAY_MS).toISOString(),
    report: {
      commit,
      files: 12,
      unparsed: 0,
      notAnalysed: [{ file: "app/broken.py", reason: "line 3 does not parse" }],
      concepts,
    },
  };
}

async function send(body: unknown, headers: Record<string, string> = {}) {
  const json = JSON.stringify(body);
  const response = await fetch(`${test.url}/api/v1/scans`, {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json", ...headers },
    body: headers["content-encoding"] === "gzip" ? new Uint8Array(gzipSync(json)) : json,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const read = async (path: string) => (await test.get(`/api/v1/${path}`)).body;

const FIRST = upload("c1", 3, [
  concept({ Router: "canonical", OldRouter: "duplicate", Tombstone: "stub" }, ["a.py", "b.py"]),
]);
const SECOND = upload("c2", 1, [concept({ Router: "canonical", OldRouter: "dormant", Tombstone: "stub" }, ["b.py"])]);

describe("scans", () => {
  it("are stored once for each commit and config, plain or packed, and replaced where they say something else", async () => {
    const first = await send(FIRST);
    expect(first).toMatchObject({ status: 201, body: { status: "created" } });
    expect(await send(FIRST, { "content-encoding": "gzip" })).toMatchObject({
      status: 200,
      body: { status: "unchanged" },
    });
    const changed = structuredClone(FIRST);
    changed.report.files = 13;
    expect(await send(changed)).toMatchObject({ body: { status: "replaced", id: storedScan.parse(first.body).id } });
    expect(await send({ ...FIRST, configHash: "b".repeat(64) })).toMatchObject({ body: { status: "created" } });
    await test.db.prisma.scan.deleteMany({ where: { configHash: { not: CONFIG } } });
    await send(SECOND);
    const { items } = scanList.parse(await read("scans"));
    expect(items.map(({ commit, files }) => [commit, files])).toEqual([
      ["c2", 12],
      ["c1", 13],
    ]);
    expect(items[1]?.concepts).toEqual([
      {
        ...{ id: "message_router", count: 2, target: 1, legacyImporters: 2 },
        compliance: { canonical: 1, total: 3, ratio: 1 / 3 },
      },
    ]);
  });

  it("are refused by the name of the field, and what is no gzip as such", async () => {
    const wrong = structuredClone(FIRST) as unknown as { report: { concepts: { symbols: { role: string }[] }[] } };
    const symbol = wrong.report.concepts[0]?.symbols[0];
    if (symbol) symbol.role = "chief";
    expect(await send(wrong)).toMatchObject({
      status: 400,
      body: { error: { details: [{ field: "report.concepts.0.symbols.0.role" }] } },
    });
    const plain = { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" };
    const garbled = await fetch(`${test.url}/api/v1/scans`, {
      ...{ method: "POST", headers: { ...plain, "content-encoding": "gzip" }, body: "{}" },
    });
    expect(garbled.status).toBe(400);
    expect((await send(FIRST, { "content-encoding": "br" })).status).toBe(415);
  });

  it("are read page by page, symbol by symbol with the reasons", async () => {
    const [newest] = scanList.parse(await read("scans?limit=1")).items;
    const detail = scanDetail.parse(await read(`scans/${newest?.id}`));
    expect(detail.parts[0]?.roles).toEqual([
      { role: "canonical", symbols: 1 },
      { role: "stub", symbols: 1 },
      { role: "dormant", symbols: 1 },
    ]);
    expect(detail.notAnalysedFiles.items).toEqual([{ file: "app/broken.py", reason: "line 3 does not parse" }]);
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const path = `scans/${newest?.id}/parts?concept=message_router&limit=1${cursor ? `&cursor=${cursor}` : ""}`;
      const page: ScanPartPage = scanPartPage.parse(await read(path));
      if (page.part === "symbols") names.push(...page.items.map(({ name, reasons }) => `${name}: ${reasons[0]?.text}`));
      cursor = page.nextCursor;
    } while (cursor);
    expect(names).toEqual([
      "Router: Router is canonical",
      "Tombstone: Tombstone is stub",
      "OldRouter: OldRouter is dormant",
    ]);
    expect((await test.get(`/api/v1/scans/${newest?.id}/parts?concept=nothing`)).status).toBe(404);
    expect((await test.get("/api/v1/scans/unknown")).status).toBe(404);
  });

  it("say whether a file is in the checkout, and what stands beside it", async () => {
    const paths = ["app/a.py", "app/b.py", "app/deep/c.py", "d.py"];
    const { body } = await send({ ...SECOND, configHash: "d".repeat(64), paths });
    const ask = async (id: unknown, file: string) => scanFile.parse(await read(`scans/${id}/files?file=${file}`));
    expect(await ask(body.id, "app/gone.py")).toMatchObject({
      ...{ scan: { commit: "c2" }, file: "app/gone.py", there: false, files: 4, folder: "app" },
      beside: { items: ["app/a.py", "app/b.py"], omitted: 0 },
    });
    expect(await ask(body.id, "d.py")).toMatchObject({ there: true, folder: "", beside: { items: [] } });
    await test.db.prisma.scan.deleteMany({ where: { configHash: { not: CONFIG } } });
    const [newest] = scanList.parse(await read("scans")).items;
    expect(await ask(newest?.id, "d.py")).toMatchObject({
      there: null,
      files: null,
      beside: { items: [], omitted: 0 },
    });
    expect((await test.get("/api/v1/scans/unknown/files?file=d.py")).status).toBe(404);
  });

  it("name what came and what went since the one before", async () => {
    const [newest, oldest] = scanList.parse(await read("scans")).items;
    const since = scanDifference.parse(await read(`scans/${newest?.id}/diff`));
    expect(since.before?.commit).toBe("c1");
    expect(since.concepts).toMatchObject([
      {
        count: { before: 2, after: 1 },
        changed: { items: [{ name: "OldRouter", role: "dormant", before: "duplicate" }] },
        legacyImporters: { came: { items: [] }, went: { items: ["a.py"] } },
      },
    ]);
    const first = scanDifference.parse(await read(`scans/${oldest?.id}/diff`));
    expect(first.before).toBeNull();
    expect(first.concepts[0]?.came.items).toHaveLength(3);
    expect((await test.get(`/api/v1/scans/${newest?.id}/diff?against=unknown`)).status).toBe(404);
  });
});

describe("the consolidation", () => {
  it("draws the scans at the times of their commits, beside the reliability of those days", async () => {
    const view = consolidation.parse(await read("consolidation?environment=default"));
    expect(view.newest?.commit).toBe("c2");
    expect(view.trend.map(({ commit, concepts }) => [commit, concepts[0]?.count])).toEqual([
      ["c1", 2],
      ["c2", 1],
    ]);
    const firstMs = Date.parse(view.trend[0]?.committedAt ?? "");
    expect(Date.parse(view.from)).toBe(firstMs - (NOW_MS - firstMs) / 20);
    expect(view.reliability.length).toBeGreaterThan(1);
    expect(view.reliability.every(({ ratio }) => ratio === null || ratio <= 1)).toBe(true);
  });

  it("says how reliable the traffic was from each commit until the next, to the minute where that is known", async () => {
    const before = consolidation.parse(await read("consolidation?environment=between"));
    const commitsMs = before.trend.map(({ committedAt }) => Date.parse(committedAt));
    expect(before.trend.map(({ until }) => until.ratio)).toEqual([null, null]);
    const at = (ms: number, grain: "minute" | "hour") => {
      const step = grain === "hour" ? 3_600_000 : 60_000;
      return { environment: "between", grain, bucket: new Date(Math.floor(ms / step) * step) };
    };
    const [first = 0, second = 0] = commitsMs;
    await test.db.prisma.rollup.createMany({
      data: [
        { ...at(first + 7_200_000, "hour"), metric: "status/succeeded", n: 3n },
        { ...at(first + 7_200_000, "hour"), metric: "status/failed", n: 1n },
        ...(["minute", "hour"] as const).map((grain) => ({
          ...{ ...at(second + 120_000, grain), metric: "status/succeeded", n: 5n },
        })),
      ],
    });
    const view = consolidation.parse(await read("consolidation?environment=between"));
    expect(view.trend.map(({ until }) => [until.good, until.bad, until.ratio])).toEqual([
      [3, 1, 0.75],
      [5, 0, 1],
    ]);
  });

  it("tells routers of code and traffic apart", async () => {
    const hour = new Date(Math.floor((NOW_MS - DAY_MS) / 3_600_000) * 3_600_000);
    const old = new Date(hour.getTime() - 9 * DAY_MS);
    const counted = { environment: "both", grain: "hour", kind: "message", name: '[""]' };
    await test.db.prisma.routerRollup.createMany({
      data: [
        { ...counted, router: "Router", bucket: hour, n: 7n },
        { ...counted, router: "Stale", bucket: hour, n: 2n },
        { ...counted, router: "OldRouter", bucket: old, n: 3n },
      ],
    });
    await test.db.prisma.rollup.create({
      data: { environment: "both", grain: "hour", bucket: old, metric: "status/failed", n: 1n },
    });
    await test.db.prisma.rollupDelta.create({
      data: { environment: "both", minute: new Date(NOW_MS - 60_000), metric: '["message","Router",""]', n: 5n },
    });
    const view = routersInCode.parse(await read("consolidation/routers?environment=both"));
    expect(
      view.routers.items.map(({ router, state, messages, importers, safeToDelete }) => ({
        ...{ router, state, messages, importers, safeToDelete },
      })),
    ).toEqual([
      { router: "OldRouter", state: "silent", messages: 3, importers: 1, safeToDelete: false },
      { router: "Router", state: "live", messages: 12, importers: 0, safeToDelete: false },
      { router: "Stale", state: "unknown", messages: 2, importers: 0, safeToDelete: false },
    ]);
    expect(view.routers.items[1]?.lastSeenAt).toBe(new Date(NOW_MS - 60_000).toISOString());
  });
});
