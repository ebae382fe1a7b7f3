import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGroupCommit } from "./group-commit";
import { type IngestKit, startIngestKit, until, wireEvent } from "./testing/ingest-kit";

let kit: IngestKit;
let commits = 0;
beforeAll(async () => {
  kit = await startIngestKit({ maxItemsInFlight: 100, onCommit: () => commits++ });
  await kit.post([wireEvent()]);
});
afterAll(() => kit.close());

/** Runs `work` while every insert waits; `release` ends the wait. */
async function holdingInserts(work: (release: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const client = await kit.db.pool.connect();
  try {
    await client.query("BEGIN; LOCK TABLE telemetry_event IN SHARE MODE");
    await work(() => client.query("COMMIT"));
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

describe("group commit", () => {
  it("gathers requests that come while inserts run into few transactions, and answers each for its own events", async () => {
    await holdingInserts(async (release) => {
      commits = 0;
      const known = wireEvent();
      const requests = Array.from({ length: 40 }, (_, i) =>
        kit.post(i % 2 === 0 ? [wireEvent()] : [known, wireEvent()]),
      );
      await until(() => expect(kit.ingest.itemsInFlight()).toBe(60));
      await release();
      const answers = (await Promise.all(requests)).map(({ body }) => body);
      expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(41);
      expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(19);
      expect(commits).toBeLessThanOrEqual(4);
      expect(kit.ingest.itemsInFlight()).toBe(0);
    });
  });

  it("a full queue is refused with a time to retry, and nothing of the refused is stored", async () => {
    await holdingInserts(async (release) => {
      const first = kit.post(Array.from({ length: 90 }, () => wireEvent()));
      await until(() => expect(kit.ingest.itemsInFlight()).toBe(90));
      const late = Array.from({ length: 11 }, () => wireEvent());
      const refused = await kit.post(late);
      expect(refused).toMatchObject({ status: 429, body: { error: { code: "queue_full" } } });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      await release();
      expect((await first).body.accepted).toBe(90);
      const ids = late.map(({ id }) => String(id));
      expect(await kit.db.prisma.telemetryEvent.count({ where: { id: { in: ids } } })).toBe(0);
      expect((await kit.post(late)).body.accepted).toBe(11);
    });
  });

  it("an unreachable database is 503 with a time to retry, and not an acceptance", async () => {
    const url = new URL(kit.db.url);
    const name = url.pathname.slice(1);
    const other = await startIngestKit();
    await other.db.pool.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await other.db.pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    try {
      const event = wireEvent();
      await until(async () => {
        const answer = await kit.post([event]);
        expect(answer).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
      });
      await other.db.pool.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      expect((await kit.post([event])).body.accepted).toBe(1);
    } finally {
      await other.db.pool.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await other.close();
    }
  });
});

describe("createGroupCommit", () => {
  it("lets a request that moves a source's cursor go alone and in order", async () => {
    const seen: string[] = [];
    const commit = createGroupCommit({
      insert: async ({ events, source }) => {
        seen.push(source ? `source ${source.cursor}` : `${events.length}`);
        await Promise.resolve();
        return events.map(() => "inserted" as const);
      },
      inserters: 1,
      maxRows: 10,
      onCommit: () => undefined,
    });
    const source = (cursor: string) => ({ id: "s", cursor });
    const submitted = [null, null, source("1"), source("2"), null].map((step) => commit.submit([], step));
    await Promise.all(submitted);
    await commit.idle();
    expect(seen).toEqual(["0", "0", "source 1", "source 2", "0"]);
  });
});
