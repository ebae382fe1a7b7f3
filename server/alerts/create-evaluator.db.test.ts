import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { type AlertEvaluator, createEvaluator } from "./create-evaluator";

let db: TestDatabase;
let evaluator: AlertEvaluator | undefined;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterEach(() => evaluator?.stop());
afterAll(() => db.drop());

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const PATIENCE = { timeout: 15_000 };

/** Started, with what it looked at in its order and what it complained of. */
function started(environments: string[], onLook: (evaluator: AlertEvaluator, environment: string) => void = () => {}) {
  const looked: string[] = [];
  const complaints: string[] = [];
  const complain = (_fields: object, message: string) => complaints.push(message);
  const made = createEvaluator({
    ...{ db, nowMs: () => NOW_MS, environments: async () => environments, enqueue: async () => new Set<string>() },
    onEvaluated: (environment) => {
      looked.push(environment);
      onLook(made, environment);
    },
    log: { warn: complain, error: complain },
  });
  evaluator = made;
  made.start();
  return { evaluator: made, looked, complaints };
}

it("a wake waits for the environment that is looked at, not for all others", async () => {
  const { looked } = started(["a", "b", "c"], (running, environment) => {
    if (environment === "a") running.wake("woken", "incidents");
  });
  await expect.poll(() => looked, PATIENCE).toEqual(["a", "woken", "b", "c"]);
});

it("a wake that fails costs the others nothing", async () => {
  const { evaluator: running, looked, complaints } = started(["quiet"]);
  await expect.poll(() => looked, PATIENCE).toEqual(["quiet"]);
  await db.pool.query(
    `INSERT INTO slo_targets (environment, targets, revision, changed_at, changed_by) VALUES ('torn', '{"golden_path": ""}', 1, now(), '')`,
  );
  for (const environment of ["torn", "x", "y"]) running.wake(environment, "everything");
  await expect.poll(() => looked, PATIENCE).toEqual(["quiet", "x", "y"]);
  expect(complaints).toEqual(["rules could not be looked at; trying again"]);
});

it("a look by a node whose clock is ahead holds up no other", async () => {
  const lookedAt = (environment: string, atMs: number) => ({
    ...{ environment, rule: "watchdog", evaluatedAt: new Date(atMs), readings: [] },
  });
  await db.prisma.alertEvaluation.createMany({
    data: [lookedAt("ahead", NOW_MS + 3_600_000), lookedAt("just now", NOW_MS - 1_000)],
  });
  const { looked } = started(["ahead", "just now", "never"]);
  await expect.poll(() => looked, PATIENCE).toEqual(["ahead", "never"]);
});
