import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "../database";
import { databaseUrl, TEMPLATE } from "./database-url";

export interface TestDatabase extends Database {
  url: string;
  /** Closes the pool and removes the database. */
  drop(): Promise<void>;
}

interface TestDatabaseOptions {
  poolSize?: number;
}

/** A fresh, migrated database on the run's PostgreSQL. Only in `*.db.test.ts` files. */
export function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  return create(TEMPLATE, options);
}

/** Like {@link createTestDatabase}, without any table. */
export function createEmptyDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  return create("template0", options);
}

async function create(template: string, { poolSize = 5 }: TestDatabaseOptions): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = databaseUrl(server, name);
  const db = await openDatabase({ url, poolSize });
  const drop = async () => {
    await db.close();
    await administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { ...db, url, drop };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
