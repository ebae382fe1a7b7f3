import { afterAll, beforeAll, expect, test } from "vitest";
import { type BatchMark, insertMarks } from "../batch-rows";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { acksMark, addMarks, takeMarks } from "./marks";
import { autoCommit } from "./transaction";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function ingest(marks: readonly BatchMark[]): Promise<void> {
  const client = await db.pool.connect();
  try {
    await insertMarks(client, marks);
  } finally {
    client.release();
  }
}

test("connections and what is put ahead come before everything that waits, however much that is", async () => {
  const session = autoCommit(db.pool);
  const runs = Array.from({ length: 3_000 }, (_, n) => ({ kind: "run", environment: "prod", key: `r${n}` }));
  await ingest(runs);
  await ingest([{ kind: "connection", environment: "prod", key: "c" }, acksMark("prod", ['["","c"]'])]);
  await addMarks(session, [{ kind: "fan_out", environment: "prod", key: "f" }], -7_200_000);
  const kinds: string[] = [];
  for (let n = 0; n < 4; n++) for (const { kind, key } of await takeMarks(session, 1, 0)) kinds.push(`${kind} ${key}`);
  expect(kinds).toEqual(["fan_out f", "connection c", 'acks [["","c"]]', "run r0"]);
});
