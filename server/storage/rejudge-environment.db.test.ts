import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REJUDGE_ENVIRONMENT, rejudgeEnvironment, rejudgeParameters } from "./rejudge-environment";
import { planOf } from "./testing/explain";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

const atMs = Date.UTC(2026, 0, 5);
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query(`
    INSERT INTO journey (environment, key, id, status, started_at, last_event_at, policy_version, event_count, judged_at,
      verdict, contribution_minute)
    SELECT 'env' || i % 2, 'k' || i, 'k' || i,
      (ARRAY['succeeded', 'degraded', 'running', 'failed', 'unobserved'])[CASE WHEN i % 40 < 4 THEN 2 + i % 4 ELSE 1 END],
      to_timestamp(${atMs / 1000}) + i * interval '1 s', now(), 1, 1, now(), '{}', now()
    FROM generate_series(1, 20000) AS i;
    ANALYZE`);
});
afterAll(() => db.drop());

describe("rejudgeEnvironment", () => {
  it("marks what rests on absence, in one environment, since a time", async () => {
    const fromMs = atMs + 19_000_000;
    await rejudgeEnvironment(db, "env1", fromMs);
    const marks = await db.prisma.dirtyMark.findMany();
    const expected = await db.prisma.journey.findMany({
      where: {
        environment: "env1",
        status: { notIn: ["succeeded", "degraded"] },
        startedAt: { gte: new Date(fromMs) },
      },
    });
    expect(expected.length).toBeGreaterThan(5);
    expect(marks.map(({ key }) => key).toSorted()).toEqual(expected.map(({ key }) => key).toSorted());
    expect(new Set(marks.map(({ kind, environment }) => `${kind} ${environment}`))).toEqual(new Set(["journey env1"]));
  });

  it("finds them by journey_status_idx", async () => {
    const plan = await planOf(db, REJUDGE_ENVIRONMENT, rejudgeParameters("env1", atMs + 15_000_000));
    expect(plan).toEqual({ indexes: ["journey_status_idx"], scans: [] });
  });
});
