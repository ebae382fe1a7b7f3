import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("a connection that ends while it is in use costs its user the work, and nobody else anything", async () => {
  const client = await db.pool.connect();
  await client.query("BEGIN");
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  await db.pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await ended;
  await expect(client.query("SELECT 1")).rejects.toThrow();
  client.release();
  const all = await Promise.all(Array.from({ length: 10 }, () => db.prisma.$queryRaw`SELECT 1 AS one`));
  expect(all).toEqual(Array.from({ length: 10 }, () => [{ one: 1 }]));
});
