import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../database";
import { startEmbedded } from "../embedded/start-embedded";
import { applyMigrations } from "../migrate";
import { databaseUrl, TEMPLATE } from "./database-url";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One PostgreSQL for the run, with a migrated template that every test database is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "signalbox-test-"));
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, log: () => undefined, settings: { fsync: "off" } });
  const admin = await openDatabase({ url: server.url, poolSize: 1 });
  await admin.pool.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.close();
  const template = await openDatabase({ url: databaseUrl(server.url, TEMPLATE), poolSize: 1 });
  await applyMigrations(template, "prisma/migrations");
  await template.close();
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
