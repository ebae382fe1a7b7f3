/** A storm of every fault at once, played into the public API, is told exactly as it was built. */
import { expect, test } from "@playwright/test";
import { chunk, repeat, shuffle } from "@/synthetic/arrange";
import { makeStorm } from "@/synthetic/make-storm";
import type { JourneyLabel } from "@/synthetic/types";
import { get, post, type Target, untilJudged } from "../support/api";
import { makeDataDir, removeDataDir, runCli, startAppProcess } from "../support/app-process";

const JOURNEYS = 1_000;
const USERS = 60;
const REQUESTS_AT_ONCE = 8;

interface Detail {
  status: string;
  owner: string | null;
  findings: { code: string }[];
  brokenAt: { step: string } | null;
}

interface Incident {
  rule: string;
  severity: string;
  owners: string[];
  recipients: string[];
}

/** `work` for every item, some at a time; the results in order. */
async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, worker));
  return results;
}

/** Users number their messages alike: without a run the id alone does not say whose journey is meant. */
async function keyParameter(app: Target, environment: string, { id, owner, runIds }: JourneyLabel): Promise<string> {
  if (runIds.length > 0) return "";
  const asked = new URLSearchParams({ environment, user: owner ?? "", q: id, from: new Date(0).toISOString() });
  const { items } = await get<{ items: { id: string; key: string }[] }>(app, `/api/v1/journeys?${asked}`);
  return `&key=${encodeURIComponent(items.find((item) => item.id === id)?.key ?? "")}`;
}

async function told(app: Target, environment: string, label: JourneyLabel) {
  const { id, fault } = label;
  const key = await keyParameter(app, environment, label);
  const path = `/api/v1/journeys/${encodeURIComponent(id)}?environment=${environment}${key}`;
  const { status, owner, findings, brokenAt } = await get<Detail>(app, path);
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return { id, fault, status, owner, findings: codes, brokenStep: brokenAt?.step ?? null };
}

function built({ id, fault, status, owner, findings, brokenStep }: JourneyLabel) {
  return { id, fault, status, owner, findings: [...new Set(findings)].sort(), brokenStep };
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

test.describe("a storm over the public API", () => {
  let app: Awaited<ReturnType<typeof startAppProcess>>;
  const dataDir = makeDataDir();
  test.beforeAll(async () => {
    app = await startAppProcess({ dataDir });
  });
  test.afterAll(async () => {
    await app.end("SIGTERM");
    removeDataDir(dataDir);
  });

  for (const seed of [9_001]) {
    test(`every journey and every leak of storm ${seed} is told as it was built, in any order and with repetitions`, async () => {
      test.setTimeout(300_000);
      const environment = `storm-${seed}`;
      const options = { seed, journeys: JOURNEYS, users: USERS, environment };
      const { settledAtMs } = makeStorm({ ...options, startMs: 0 });
      const { events, labels } = makeStorm({ ...options, startMs: Date.now() - settledAtMs });
      const batches = chunk(repeat(shuffle(events, seed), 0.1, seed), 900, seed);
      const answers = await each(batches, (batch) => post(app, batch));
      expect(answers.flatMap(({ rejected }) => rejected)).toEqual([]);
      expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(events.length);
      await untilJudged(app, environment);

      expect(await each(labels, (label) => told(app, environment, label))).toEqual(labels.map(built));

      const from = new Date(Date.now() - 2 * settledAtMs).toISOString();
      const { total } = await get<{ total: number }>(app, `/api/v1/journeys?environment=${environment}&from=${from}`);
      expect(total).toBe(labels.length);

      const { items } = await get<{ items: Incident[] }>(
        app,
        `/api/v1/incidents?rule=wrong_recipient&environment=${environment}`,
      );
      const leaked = labels.filter(({ leakedTo }) => leakedTo.length > 0);
      expect(sorted(items.flatMap(({ recipients }) => recipients))).toEqual(
        sorted(leaked.flatMap(({ leakedTo }) => leakedTo)),
      );
      expect(sorted(items.flatMap(({ owners }) => owners))).toEqual(sorted(leaked.flatMap(({ owner }) => owner ?? [])));
      expect(sorted(items.map(({ severity }) => severity))).toEqual(["critical"]);
    });
  }

  test("the stored verdicts and counters are what the stored events say", () => {
    const { status, output } = runCli(["verify"], { SIGNALBOX_DATA_DIR: dataDir });
    expect(output).toContain("no difference");
    expect(status).toBe(0);
  });
});
