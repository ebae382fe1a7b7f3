/**
 * Applies prisma/migrations at start and records them as `prisma migrate deploy` does, without Prisma's native engine:
 * `prisma migrate status` agrees with what this wrote, and the other way round.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PoolClient } from "pg";
import type { Database } from "./database";
import { StorageError } from "./errors";

/** The lock that Prisma's own migrate commands take, so that the two never run at once. */
const PRISMA_MIGRATE_LOCK = 72707369;
const MIN_SERVER_VERSION = 150_000;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface RecordedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

/**
 * Brings the database to the schema of `migrationsDir`. Safe to call from several processes at once.
 * @returns names of the migrations that were applied now
 * @throws StorageError `server_too_old`, `migration_changed`, `migration_unknown` or `migration_failed`
 */
export async function applyMigrations(db: Database, migrationsDir: string): Promise<string[]> {
  const migrations = readMigrations(migrationsDir);
  const client = await db.pool.connect();
  try {
    assertServerVersion(await readServerVersion(client));
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_MIGRATE_LOCK]);
    try {
      return await applyLocked(client, migrations);
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [PRISMA_MIGRATE_LOCK]);
    }
  } finally {
    client.release();
  }
}

function readMigrations(dir: string): Migration[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const content = readFileSync(join(dir, name, "migration.sql"));
      return { name, sql: content.toString("utf8"), checksum: createHash("sha256").update(content).digest("hex") };
    });
}

async function readServerVersion(client: PoolClient): Promise<ServerVersion> {
  const { rows } = await client.query<ServerVersion>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name",
  );
  return rows[0] ?? { number: 0, name: "unknown" };
}

interface ServerVersion {
  /** As in 150004. */
  number: number;
  name: string;
}

/** Throws `server_too_old` below PostgreSQL 15. */
export function assertServerVersion({ number, name }: ServerVersion): void {
  if (number >= MIN_SERVER_VERSION) return;
  throw new StorageError("server_too_old", `Signalbox needs PostgreSQL 15 or newer; this server is ${name}.`);
}

async function applyLocked(client: PoolClient, migrations: Migration[]): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`);
  const recorded = await client.query<RecordedMigration>(
    "SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at",
  );
  const pending = pendingMigrations(migrations, recorded.rows);
  for (const migration of pending) await applyOne(client, migration);
  return pending.map((migration) => migration.name);
}

/** What is still to be applied. Refuses a history that is not a beginning of ours. */
function pendingMigrations(migrations: Migration[], recorded: RecordedMigration[]): Migration[] {
  const done = new Set<string>();
  for (const row of recorded) {
    if (row.rolled_back_at !== null) continue;
    const name = row.migration_name;
    if (row.finished_at === null) {
      throw new StorageError(
        "migration_failed",
        `Migration ${name} failed earlier. Repair it with "prisma migrate resolve".`,
      );
    }
    const own = migrations.find((migration) => migration.name === name);
    if (!own) {
      throw new StorageError(
        "migration_unknown",
        `The database has migration ${name}, which this release does not know.`,
      );
    }
    if (own.checksum !== row.checksum) {
      throw new StorageError("migration_changed", `Migration ${name} was changed after it had been applied.`);
    }
    done.add(name);
  }
  return migrations.filter((migration) => !done.has(migration.name));
}

/** The record is written before and outside the migration, so that a failure stays visible. */
async function applyOne(client: PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count) VALUES ($1, $2, $3, now(), 0)",
    [id, checksum, name],
  );
  try {
    await client.query(sql);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, message]);
    throw new StorageError("migration_failed", `Migration ${name} failed: ${message}`);
  }
  await client.query("UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1", [id]);
}
