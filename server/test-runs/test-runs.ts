/** Runs of test suites: uploaded, listed, and held against what is expected of their suite. */
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type TestRun,
  type TestRunList,
  type TestSuite,
  type TestSuiteChange,
  type TestSuiteList,
  testRun,
} from "@/contracts/test-runs";
import { assessRun, type Expectation, expectedOf, USUAL } from "@/domain/test-runs/assess-run";
import { writeCursor } from "@/server/queries/cursor";
import { iso, isoOrNull } from "@/server/queries/iso";
import { cutPage } from "@/server/queries/page";
import type { Database } from "@/server/storage/database";
import {
  forgetRuns,
  type ListedRun,
  latestRunRows,
  listRunRows,
  type RunQuery,
} from "@/server/storage/test-runs/test-run-rows";
import type { Connection, JunitRun } from "./read-junit";

const MAX_SUITES = 200;
const KEPT_RUNS = 1_000;
const UNNAMED = "tests";
const AHEAD_MS = 86_400_000;

export interface Upload {
  environment: string;
  /** Over the name in the file. */
  suite: string | null;
  commit: string | null;
  branch: string | null;
  /** Over the time in the file. */
  ranAtMs: number | null;
  /** What tests talk to that do not say it. */
  connections: Connection;
  xml: string;
  by: string;
}

/** Stores a run; the same upload again is the run that is there. */
export async function storeRun(
  db: Database,
  upload: Upload,
  junit: JunitRun,
  nowMs: number,
): Promise<{ run: TestRun; duplicate: boolean }> {
  const { environment, commit, branch, by } = upload;
  const suite = upload.suite ?? junit.name ?? UNNAMED;
  const digest = createHash("sha256")
    .update(
      JSON.stringify([commit, branch, upload.ranAtMs, ...(upload.connections === null ? [] : [upload.connections])]),
    )
    .update(upload.xml)
    .digest("hex");
  const toldMs = upload.ranAtMs ?? junit.startedAtMs;
  const ranAtMs = toldMs !== null && toldMs <= nowMs + AHEAD_MS ? toldMs : nowMs;
  const { tests, failures, errors, skipped, durationMs, realConnections, mockedConnections, failed } = junit;
  const { count } = await db.prisma.testRun.createMany({
    data: [
      {
        ...{ id: randomUUID(), environment, suite, digest, commitId: commit, branch },
        ...{ ranAt: new Date(ranAtMs), uploadedAt: new Date(nowMs), uploadedBy: by },
        ...{ tests, failures, errors, skipped, durationMs, realConnections, mockedConnections, failed },
      },
    ],
    skipDuplicates: true,
  });
  if (count === 1) await forgetRuns(db, environment, suite, KEPT_RUNS);
  const row = await db.prisma.testRun.findUnique({
    where: { environment_suite_digest: { environment, suite, digest } },
  });
  if (!row) throw new Error("a run older than all that are kept was forgotten at once");
  return { run: runView(row, (await expectations(db, [environment]))(environment, suite)), duplicate: count === 0 };
}

/** Runs of a suite, newest first. */
export async function listRuns(db: Database, query: RunQuery): Promise<TestRunList> {
  const rows = await listRunRows(db, { ...query, limit: query.limit + 1 });
  const expected = await expectations(db, query.environments);
  const views = rows.map((row) => runView(row, expected(row.environment, row.suite)));
  const { items, more } = cutPage(views, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ ranAt: last.ranAt, id: last.id }) : null };
}

/** Suites by name with their newest runs: those that ran, and those that are expected to. */
export async function listSuites(db: Database, environments: readonly string[]): Promise<TestSuiteList> {
  const { rows, total } = await latestRunRows(db, environments, MAX_SUITES);
  const stored = await db.prisma.testSuite.findMany({
    where: { environment: { in: [...environments] } },
    orderBy: [{ name: "asc" }, { environment: "asc" }],
    take: MAX_SUITES,
  });
  const ran = new Set(rows.map((row) => keyOf(row.environment, row.suite)));
  const expected = byKey(stored);
  const items = [
    ...rows.map((row) => suiteView(row.environment, row.suite, expected(row.environment, row.suite), row)),
    ...(total > rows.length ? [] : stored)
      .filter(({ environment, name }) => !ran.has(keyOf(environment, name)))
      .map(({ environment, name }) => suiteView(environment, name, expected(environment, name), null)),
  ].slice(0, MAX_SUITES);
  const sum = (field: "realConnections" | "mockedConnections") => rows.reduce((whole, row) => whole + row[field], 0);
  return {
    items,
    omitted: Math.max(0, total - rows.length),
    connections: shareOf(sum("realConnections"), sum("mockedConnections")),
  };
}

/** Says what is expected of a suite from now on, of its earlier runs too. */
export async function changeSuite(
  db: Database,
  change: TestSuiteChange,
  by: string,
  nowMs: number,
): Promise<TestSuite> {
  const { environment, name, beforeFix } = change;
  const fixedAt = change.fixedAt === null ? null : new Date(change.fixedAt);
  const data = { beforeFix, fixedAt, changedAt: new Date(nowMs), changedBy: by };
  await db.prisma.testSuite.upsert({
    where: { environment_name: { environment, name } },
    create: { environment, name, ...data },
    update: data,
  });
  const [latest] = await listRunRows(db, { environments: [environment], suite: name, after: null, limit: 1 });
  return suiteView(environment, name, { beforeFix, fixedAtMs: fixedAt?.getTime() ?? null }, latest ?? null);
}

const keyOf = (environment: string, suite: string) => JSON.stringify([environment, suite]);

async function expectations(db: Database, environments: readonly string[]) {
  return byKey(await db.prisma.testSuite.findMany({ where: { environment: { in: [...environments] } } }));
}

function byKey(rows: readonly { environment: string; name: string; beforeFix: string; fixedAt: Date | null }[]) {
  const known = new Map(
    rows.map(({ environment, name, beforeFix, fixedAt }) => [
      keyOf(environment, name),
      { beforeFix: z.enum(["fail", "pass"]).parse(beforeFix), fixedAtMs: fixedAt?.getTime() ?? null },
    ]),
  );
  return (environment: string, suite: string): Expectation => known.get(keyOf(environment, suite)) ?? USUAL;
}

function suiteView(environment: string, name: string, expectation: Expectation, latest: ListedRun | null): TestSuite {
  const { beforeFix, fixedAtMs } = expectation;
  const fixedAt = isoOrNull(fixedAtMs === null ? null : new Date(fixedAtMs));
  return { environment, name, beforeFix, fixedAt, latest: latest && runView(latest, expectation) };
}

function runView(row: ListedRun, expectation: Expectation): TestRun {
  const { id, environment, suite, branch, uploadedBy, tests, failures, errors, skipped, durationMs } = row;
  const ranAtMs = row.ranAt.getTime();
  return {
    ...{ id, environment, suite, commit: row.commitId, branch, uploadedBy },
    ...{ ranAt: iso(row.ranAt), uploadedAt: iso(row.uploadedAt), tests, failures, errors, skipped, durationMs },
    connections: shareOf(row.realConnections, row.mockedConnections),
    expected: expectedOf(expectation, ranAtMs),
    verdict: assessRun({ tests, failures, errors, skipped }, expectation, ranAtMs),
    failed: testRun.shape.failed.parse(row.failed),
  };
}

function shareOf(real: number, mocked: number) {
  return { real, mocked, ratio: real + mocked === 0 ? null : real / (real + mocked) };
}
