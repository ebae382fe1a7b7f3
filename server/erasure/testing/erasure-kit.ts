/** The app with real ingest and a real judge on one database, and a look at every row of it. */
import { createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { createIngest } from "@/server/ingest/create-ingest";
import { loadInstallationSecret } from "@/server/ingest/installation-secret";
import type { BatchOrigin } from "@/server/ingest/types";
import { type TestJudge, testJudge } from "@/server/judge/testing/judge-kit";
import { ensurePartitions } from "@/server/storage/partitions";

const DAY_MS = 86_400_000;
const ALLOWED = ["customer"];

export interface ErasureKit {
  test: TestApp;
  judge: TestJudge;
  /** Takes events as HTTP would; answers what became of them. */
  take(events: readonly unknown[]): Promise<{ accepted: number; duplicates: number; rejectedTotal: number }>;
  /** Every row of every table, as text. */
  dump(): Promise<string>;
  erase(user: string, environment?: string): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export async function createErasureKit(adminKey: string, workers = 0): Promise<ErasureKit> {
  const test = await createTestApp();
  const { db, clock, erased } = test;
  await ensurePartitions(db, clock.nowMs, clock.nowMs - DAY_MS, clock.nowMs);
  const judge = testJudge(db, { nowMs: () => clock.nowMs, workers });
  const ingest = createIngest({
    db,
    secret: await loadInstallationSecret(db),
    typeAliases: () => ({}),
    retentionMs: () => 14 * DAY_MS,
    allowedFields: () => ALLOWED,
    forget: erased.forget,
    storageFull: () => false,
    onCommit: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  return {
    test,
    judge,
    async take(events) {
      const origin: BatchOrigin = {
        ...{ environments: "all", defaultEnvironment: "default", sentAtMs: null, sender: "test", source: null },
        receivedAtMs: clock.nowMs,
      };
      const result = await ingest.ingest([...events], origin);
      if (!result.ok) throw new Error(result.refusal.message);
      return result.answer;
    },
    async dump() {
      const { rows } = await db.pool.query<{ name: string }>(
        "SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
      );
      const texts: string[] = [];
      for (const { name } of rows) {
        const found = await db.pool.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
        texts.push(name, ...found.rows.map(({ row }) => row));
      }
      return texts.join("\n");
    },
    async erase(user, environment) {
      const query = environment === undefined ? "" : `?environment=${encodeURIComponent(environment)}`;
      const response = await fetch(`${test.url}/api/v1/users/${encodeURIComponent(user)}${query}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${adminKey}` },
      });
      return { status: response.status, body: await response.json() };
    },
    async close() {
      await ingest.idle();
      await test.close();
    },
  };
}
