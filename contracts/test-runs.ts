/** Test suites and their runs, uploaded as JUnit XML. */
import { z } from "zod";
import { RUN_VERDICTS } from "@/domain/test-runs/assess-run";

const name = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^\P{C}*$/u, "must be one line of text");

export const runVerdict = z.enum(RUN_VERDICTS);
/** What ran over connections as users have them, against what ran on mocks. `ratio` is null where no test says so. */
export const connectionShare = z.object({ real: z.number(), mocked: z.number(), ratio: z.number().nullable() });

export const testRun = z.object({
  id: z.string(),
  environment: z.string(),
  suite: z.string(),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  ranAt: z.string(),
  uploadedAt: z.string(),
  uploadedBy: z.string(),
  tests: z.number(),
  failures: z.number(),
  errors: z.number(),
  skipped: z.number(),
  durationMs: z.number().nullable(),
  connections: connectionShare,
  expected: z.enum(["fail", "pass"]),
  verdict: runVerdict,
  /** Names of tests that failed, the first of them; `failures` and `errors` count all. */
  failed: z.array(z.object({ name: z.string(), kind: z.enum(["failure", "error"]) })),
});
export type TestRun = z.infer<typeof testRun>;

/** Answer of POST /api/v1/test-runs. `duplicate` = this upload was there already. */
export const uploadedTestRun = testRun.extend({ duplicate: z.boolean() });
export type UploadedTestRun = z.infer<typeof uploadedTestRun>;
export const testRunList = z.object({ items: z.array(testRun), nextCursor: z.string().nullable() });
export type TestRunList = z.infer<typeof testRunList>;

export const testSuite = z.object({
  environment: z.string(),
  name: z.string(),
  beforeFix: z.enum(["fail", "pass"]),
  fixedAt: z.string().nullable(),
  /** The newest run; null = it was expected before it ever ran. */
  latest: testRun.nullable(),
});
export type TestSuite = z.infer<typeof testSuite>;
export const testSuiteList = z.object({
  items: z.array(testSuite),
  /** Suites beyond those listed. */
  omitted: z.number(),
  /** Of the newest runs of all suites listed. */
  connections: connectionShare,
});
export type TestSuiteList = z.infer<typeof testSuiteList>;

/** Body of PUT /api/v1/test-suites: what a suite does until its fix lands. After that it is expected to pass. */
export const testSuiteChange = z.strictObject({
  environment: z.string().min(1).max(256),
  name,
  beforeFix: z.enum(["fail", "pass"]),
  /** null = the fix has not landed. */
  fixedAt: z.iso.datetime({ offset: true }).nullable(),
});
export type TestSuiteChange = z.infer<typeof testSuiteChange>;
