import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestRunList, TestSuite, TestSuiteList, UploadedTestRun } from "@/contracts/test-runs";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
let key: string;
beforeAll(async () => {
  test = await createTestApp();
});
beforeEach(async () => {
  await test.db.prisma.testRun.deleteMany();
  await test.db.prisma.testSuite.deleteMany();
  key = await test.makeKey("ingest", ["prod"]);
});
afterAll(() => test.close());

const PASSED = `<testcase name="ok"/>`;
const FAILED = `<testcase name="broken"><failure message="s3cr3t of a user">s3cr3t</failure><system-out>s3cr3t</system-out></testcase>`;
const junit = (...cases: string[]) => `<testsuite name="routing">${cases.join("")}</testsuite>`;

async function upload(xml: string, query = "", headers: Record<string, string> = {}) {
  const response = await fetch(`${test.url}/api/v1/test-runs?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/xml", ...headers },
    body: xml,
  });
  return {
    status: response.status,
    body: (await response.json()) as UploadedTestRun & { error?: { code: string; message: string } },
  };
}
async function expectOf(body: object, status = 200) {
  const response = await fetch(`${test.url}/api/v1/test-suites`, {
    method: "PUT",
    headers: { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ environment: "prod", name: "routing", ...body }),
  });
  expect(response.status).toBe(status);
  return (await response.json()) as TestSuite;
}
const suites = async () => (await test.get<TestSuiteList>("/api/v1/test-suites?environment=prod")).body;
const at = (day: number) => `time=2026-11-${String(day).padStart(2, "0")}T10:00:00Z`;

describe("an upload", () => {
  it("is kept with its counts, its commit and the names of what failed, and without a word of output", async () => {
    const { status, body } = await upload(junit(PASSED, FAILED), `commit=abc123&branch=main&${at(3)}`);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ environment: "prod", suite: "routing", commit: "abc123", branch: "main", ranAt: "2026-11-03T10:00:00.000Z" },
      ...{ tests: 2, failures: 1, errors: 0, skipped: 0, uploadedBy: "ingest key", duplicate: false },
      ...{ failed: [{ name: "broken", kind: "failure" }], expected: "pass", verdict: "unexpected_fail" },
    });
    const { rows } = await test.db.pool.query("SELECT r::text AS text FROM test_run r");
    expect(JSON.stringify([rows, body])).not.toContain("s3cr3t");
  });

  it("sent again is the same run; of another commit it is another", async () => {
    const first = await upload(junit(PASSED), "commit=a");
    const again = await upload(junit(PASSED), "commit=a");
    expect([again.status, again.body.duplicate, again.body.id]).toEqual([200, true, first.body.id]);
    expect((await upload(junit(PASSED), "commit=b")).body.duplicate).toBe(false);
  });

  it.each([
    ["what is no JUnit XML", "<html/>", {}, 400, "bad_request"],
    ["a document type", `<!DOCTYPE a [<!ENTITY b "c">]>${junit()}`, {}, 400, "bad_request"],
    ["JSON", "{}", { "content-type": "application/json" }, 415, "unsupported_media_type"],
    ["more than 5 MiB", junit(`<!--${"x".repeat(5 * 2 ** 20)}-->`), {}, 413, "payload_too_large"],
  ] as const)("is refused with %s", async (_, xml, headers, status, code) => {
    const answer = await upload(xml, "", headers);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect((await suites()).items).toEqual([]);
  });

  it("needs a key that may send into that environment", async () => {
    expect((await upload(junit(PASSED), "environment=test")).body.error?.code).toBe("environment_not_allowed");
    key = await test.makeKey("read", ["prod"]);
    expect((await upload(junit(PASSED))).status).toBe(403);
  });
});

describe("a suite", () => {
  it("that is to fail until its fix warns when it passes too early, and when it fails after that", async () => {
    await upload(junit(FAILED), at(1));
    await upload(junit(PASSED), at(3));
    await upload(junit(PASSED), at(5));
    await upload(junit(FAILED), at(7));
    const suite = await expectOf({ beforeFix: "fail", fixedAt: "2026-11-04T00:00:00Z" });
    expect(suite).toMatchObject({ beforeFix: "fail", latest: { verdict: "unexpected_fail" } });
    const { body } = await test.get<TestRunList>("/api/v1/test-runs?environment=prod&suite=routing&limit=3");
    expect(body.items.map(({ verdict }) => verdict)).toEqual(["unexpected_fail", "as_expected", "early_pass"]);
    const next = await test.get<TestRunList>(
      `/api/v1/test-runs?environment=prod&suite=routing&cursor=${body.nextCursor}`,
    );
    expect(next.body.items.map(({ verdict }) => verdict)).toEqual(["as_expected"]);
    expect(next.body.nextCursor).toBeNull();
  });

  it("is listed by name with its newest run, also before it ever ran", async () => {
    await upload(junit(PASSED), `suite=b&${at(2)}`);
    await upload(junit(FAILED), `suite=b&${at(1)}`);
    await upload(junit(), "suite=a");
    await expectOf({ name: "c", beforeFix: "fail", fixedAt: null });
    const { items, omitted, connections } = await suites();
    expect(items.map(({ name, latest }) => [name, latest?.verdict ?? null])).toEqual([
      ["a", "no_data"],
      ["b", "as_expected"],
      ["c", null],
    ]);
    expect([omitted, connections]).toEqual([0, { real: 0, mocked: 0, ratio: null }]);
  });

  it("says which share of tests runs on real connections", async () => {
    const on = (value: string) => `<properties><property name="signalbox.connection" value="${value}"/></properties>`;
    const of = (value: string) => `<testcase name="${value}">${on(value)}</testcase>`;
    const xml = junit(of("real"), of("mock"), of("mock"), PASSED);
    expect((await upload(xml)).body.connections).toEqual({ real: 1, mocked: 2, ratio: 1 / 3 });
    expect((await upload(xml, "connections=real")).body.connections).toEqual({ real: 2, mocked: 2, ratio: 1 / 2 });
    expect((await upload(xml, "connections=some")).status).toBe(400);
  });

  it("changes what is expected by an admin's name, and only with a known expectation", async () => {
    await expectOf({ beforeFix: "fail", fixedAt: null });
    await expectOf({ beforeFix: "maybe", fixedAt: null }, 400);
    const [entry] = await test.db.prisma.auditEntry.findMany({ where: { action: "test_suite_changed" } });
    expect(entry).toMatchObject({ target: "routing", environment: "prod", detail: { beforeFix: "fail" } });
  });
});
