import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { chunk, connections, journey } from "@/scripts/bench/traffic";
import { exportEvents, post, untilJudged } from "../support/api";
import { freePort, makeDataDir, removeDataDir, runCli, startAppProcess } from "../support/app-process";

const KILLS = 20;
const JOURNEYS_A_ROUND = 60;
const ENVIRONMENT = "kill";

/** Process id of the embedded server, as PostgreSQL writes it. */
function postgresPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[0]);
}

test("no accepted event is lost and none is counted twice, however the processes die", async () => {
  test.setTimeout(400_000);
  const dataDir = makeDataDir();
  const port = await freePort();
  const key = "an-admin-key-for-this-test";
  const ledger = new Set<string>();
  const startMs = Date.now() - 3_600_000;
  let app = await startAppProcess({ dataDir, port, key });
  await post(app, connections(ENVIRONMENT, 10, startMs - 1_000));
  for (const event of connections(ENVIRONMENT, 10, startMs)) ledger.add(event.id);

  for (let round = 0; round < KILLS; round++) {
    const events = Array.from({ length: JOURNEYS_A_ROUND }, (_, n) => n + round * JOURNEYS_A_ROUND).flatMap((n) =>
      journey(ENVIRONMENT, n, 10, startMs + n * 50),
    );
    const batches = chunk(events, 40);
    let answered = 0;
    const send = async (batch: (typeof batches)[number]) => {
      const answer = await post(app, batch);
      expect(answer.rejectedTotal).toBe(0);
      for (const event of batch) ledger.add(event.id);
      answered++;
    };
    const sending = Promise.allSettled(batches.map(send));
    // In mid-ingest: some batches are answered, others are not.
    while (answered < 2 + (round % 5)) await wait(1);
    const victim = round % 2 === 0 ? "node" : "postgres";
    if (victim === "postgres") process.kill(postgresPid(dataDir), "SIGKILL");
    await app.end("SIGKILL");
    const outcomes = await sending;
    app = await startAppProcess({ dataDir, port, key });
    // A sender keeps what was not answered and sends it again: it may be stored already, and counts once.
    await Promise.all(batches.filter((_, index) => outcomes[index]?.status === "rejected").map(send));
  }

  await untilJudged(app, ENVIRONMENT);
  const stored = (await exportEvents(app, ENVIRONMENT, `&from=${new Date(startMs - 60_000).toISOString()}`)).map(
    ({ id }) => id,
  );
  expect(new Set(stored).size).toBe(stored.length);
  expect(new Set(stored)).toEqual(ledger);
  const verified = runCli(["verify"], { SIGNALBOX_DATA_DIR: dataDir });
  expect(verified.output).toContain("no difference");
  expect(verified.status).toBe(0);
  await app.end("SIGTERM");
  removeDataDir(dataDir);
});
