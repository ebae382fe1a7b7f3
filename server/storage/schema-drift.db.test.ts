/** Prisma's own comparison needs its native engine; this one compares names and nullability. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const models = [...readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model \w+ \{\n(.*?)^\}/gms)].map((match) => {
  const body = match[1] ?? "";
  return { body, table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "" };
});
const modelNames = new Set(readFileSync("prisma/schema.prisma", "utf8").match(/(?<=^model )\w+/gm));

test("schema.prisma names the tables and columns that the migrations make", async () => {
  const declared = models.flatMap(({ body, table }) =>
    [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\[\]|\?)?(.*)$/gm)].flatMap(
      ([, field, type = "", suffix, attributes = ""]) => {
        if (modelNames.has(type)) return [];
        const column = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field;
        return `${table}.${column}${suffix === "?" ? " NULL" : ""}`;
      },
    ),
  );
  // Prisma has no word for a list that may be null.
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name ||
       CASE WHEN is_nullable = 'YES' AND data_type <> 'ARRAY' THEN ' NULL' ELSE '' END AS name
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`,
  );
  expect(declared.sort()).toEqual(rows.map((row) => row.name).sort());
});

test("schema.prisma names the indexes that the migrations make", async () => {
  const declared = models.flatMap(({ body }) =>
    [...body.matchAll(/@@index\(.*map: "(\w+)"/g)].map((match) => match[1]),
  );
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
     WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisunique`,
  );
  expect(declared.sort()).toEqual(rows.map((row) => row.name).sort());
});
