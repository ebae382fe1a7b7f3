import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations } from "./migrate";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("a migrated database needs no migration again", async () => {
  expect(await applyMigrations(db, "prisma/migrations")).toEqual([]);
  expect(await db.prisma.journey.count()).toBe(0);
});
