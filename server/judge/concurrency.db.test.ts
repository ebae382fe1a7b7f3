import { afterAll, beforeAll, expect, it } from "vitest";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { instantiate, loadScenarios } from "@/e2e/support/scenario";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { portions, seeded, shuffled, store, telemetry, testJudge } from "./testing/judge-kit";
import { verifyStore } from "./verify-store";

const NOW_MS = Date.now();
const WRITERS = 4;
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 12 });
});
afterAll(() => db.drop());

/** Every scenario several times over, in one environment, events of one journey spread over all writers. */
function traffic(copies: number): TelemetryEvent[] {
  return Array.from({ length: copies }, (_, copy) =>
    loadScenarios().flatMap((scenario) => {
      const prefix = `${copy}-${scenario.name}-`;
      return telemetry(instantiate(scenario, { prefix, environment: "prod", nowMs: NOW_MS }).events, NOW_MS);
    }),
  ).flat();
}

it("4 writers and 2 judges at once leave every verdict and every counter as the stored events say", async () => {
  const random = seeded(7);
  const batches = portions(shuffled(traffic(3), random), 60, random);
  const judges = [testJudge(db, { nowMs: () => NOW_MS }), testJudge(db, { nowMs: () => NOW_MS })];
  for (const judge of judges) judge.start();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = writer; i < batches.length; i += WRITERS) await store(db, batches[i] ?? []);
    }),
  );
  await judges[0]?.drain();
  for (const judge of judges) await judge.stop();
  expect(judges.flatMap((judge) => judge.errors)).toEqual([]);
  const { rows } = await db.pool.query("SELECT * FROM judge_failure");
  expect(rows).toEqual([]);

  const { differences, journeys, rollups } = await verifyStore(db, NOW_MS);
  expect(differences).toEqual([]);
  expect(journeys).toBeGreaterThan(100);
  expect(rollups).toBeGreaterThan(100);
}, 240_000);
