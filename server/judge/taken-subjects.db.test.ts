import { afterAll, beforeAll, expect, test } from "vitest";
import { acksMark, addMarks, takeMarks } from "@/server/storage/judging/marks";
import { autoCommit } from "@/server/storage/judging/transaction";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { takenSubjects } from "./taken-subjects";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("every ack of a mark is judged once, however many come at once", async () => {
  const session = autoCommit(db.pool);
  const keys = Array.from({ length: 7 }, (_, n) => JSON.stringify(["i", `c${n}`]));
  const run = { kind: "run", environment: "a", key: "r" } as const;
  await addMarks(session, [acksMark("a", keys), acksMark("a", keys.slice(2)), acksMark("b", keys), run], -10);
  const taken: string[] = [];
  for (let marks = await takeMarks(session, 10, 0); marks.length > 0; marks = await takeMarks(session, 10, 0)) {
    const subjects = await takenSubjects(session, marks, [], 3);
    expect(subjects.filter(({ kind }) => kind === "ack").length).toBeLessThanOrEqual(3);
    taken.push(...subjects.map(({ kind, environment, key }) => `${kind} ${environment} ${key}`));
  }
  const acks = ["a", "b"].flatMap((environment) => keys.map((key) => `ack ${environment} ${key}`));
  expect(taken.sort()).toEqual([...acks, "run a r"].sort());
});
