import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "./database";
import { applyMigrations, assertServerVersion } from "./migrate";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "./testing/test-database";

const ours = "prisma/migrations";
let db: TestDatabase;
let dir: string;
beforeEach(async () => {
  db = await createEmptyDatabase();
  dir = mkdtempSync(join(tmpdir(), "signalbox-migrations-"));
  cpSync(ours, dir, { recursive: true });
});
afterEach(async () => {
  await db.drop();
  rmSync(dir, { recursive: true });
});

function add(name: string, sql: string) {
  mkdirSync(join(dir, name));
  writeFileSync(join(dir, name, "migration.sql"), sql);
}

async function recorded(on: Database = db) {
  const columns = "checksum, migration_name, finished_at, logs, rolled_back_at, started_at, applied_steps_count, id";
  return (await on.pool.query(`SELECT ${columns} FROM _prisma_migrations ORDER BY migration_name`)).rows;
}

describe("applyMigrations", () => {
  test("records each migration as Prisma does", async () => {
    const names = await applyMigrations(db, ours);
    const folders = readdirSync(ours, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(names).toEqual(folders.map((entry) => entry.name).sort());
    const checksum = (name: string) =>
      createHash("sha256")
        .update(readFileSync(join(ours, name, "migration.sql")))
        .digest("hex");
    expect(await recorded()).toMatchObject(
      names.map((name) => ({
        migration_name: name,
        checksum: checksum(name),
        applied_steps_count: 1,
        logs: null,
        rolled_back_at: null,
        finished_at: expect.any(Date),
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      })),
    );
  });

  test("applies only what is new, in the order of the names", async () => {
    await applyMigrations(db, dir);
    add("29990102000000_second", "INSERT INTO pet VALUES ('cat')");
    add("29990101000000_first", "CREATE TABLE pet (name text); CREATE INDEX pet_idx ON pet (name);");
    expect(await applyMigrations(db, dir)).toEqual(["29990101000000_first", "29990102000000_second"]);
    expect(await applyMigrations(db, dir)).toEqual([]);
  });

  test("several processes that start at once apply each migration once", async () => {
    const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: db.url, poolSize: 1 })));
    const applied = await Promise.all([db, ...others].map((each) => applyMigrations(each, ours)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    await Promise.all(others.map((other) => other.close()));
  });

  test("refuses a migration that was changed after it had been applied", async () => {
    await applyMigrations(db, dir);
    const [name] = readdirSync(dir);
    appendFileSync(join(dir, name ?? "", "migration.sql"), "-- an afterthought\n");
    await expect(applyMigrations(db, dir)).rejects.toMatchObject({ code: "migration_changed" });
  });

  test("refuses a database of a newer release", async () => {
    add("29990101000000_later", "SELECT 1");
    await applyMigrations(db, dir);
    await expect(applyMigrations(db, ours)).rejects.toMatchObject({ code: "migration_unknown" });
  });

  test("a migration that fails changes nothing, stays recorded, and stops every later start", async () => {
    add("29990101000000_broken", "CREATE TABLE pet (name text); SELECT 1 / 0;");
    const failure = { code: "migration_failed", message: expect.stringContaining("29990101000000_broken") };
    await expect(applyMigrations(db, dir)).rejects.toMatchObject(failure);
    await expect(applyMigrations(db, dir)).rejects.toMatchObject(failure);
    expect((await recorded()).at(-1)).toMatchObject({ finished_at: null, logs: "division by zero" });
    expect((await db.pool.query("SELECT to_regclass('pet') AS pet")).rows).toEqual([{ pet: null }]);
  });

  test("a migration that was marked as rolled back is applied again", async () => {
    add("29990101000000_retry", "SELECT 1 / 0;");
    await expect(applyMigrations(db, dir)).rejects.toThrow();
    writeFileSync(join(dir, "29990101000000_retry", "migration.sql"), "SELECT 1;");
    await db.pool.query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL");
    expect(await applyMigrations(db, dir)).toEqual(["29990101000000_retry"]);
  });
});

test("PostgreSQL 15 is the oldest that is taken", () => {
  expect(() => assertServerVersion({ number: 150_000, name: "15.0" })).not.toThrow();
  const failure = expect.objectContaining({ code: "server_too_old", message: expect.stringContaining("14.9") });
  expect(() => assertServerVersion({ number: 140_009, name: "14.9" })).toThrow(failure);
});

test("a test database is migrated already", async () => {
  const migrated = await createTestDatabase();
  expect(await applyMigrations(migrated, ours)).toEqual([]);
  expect(await migrated.prisma.journey.count()).toBe(0);
  await migrated.drop();
});
