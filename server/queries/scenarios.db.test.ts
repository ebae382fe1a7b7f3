import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { journeyDetail, journeyList, overview, timelineSummary, userLanes, userTimeline } from "@/contracts/http";
import { instantiate, loadScenarios } from "@/e2e/support/scenario";
import { store, type TestJudge, telemetry, testJudge } from "@/server/judge/testing/judge-kit";
import { ensurePartitions } from "@/server/storage/partitions";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { createQueries, type Queries } from "./create-queries";

const NOW_MS = Date.now();
const DAY_MS = 86_400_000;
let db: TestDatabase;
let judge: TestJudge;
let queries: Queries;

beforeAll(async () => {
  db = await createTestDatabase();
  await ensurePartitions(db, NOW_MS, NOW_MS - DAY_MS, NOW_MS);
  judge = testJudge(db, { nowMs: () => NOW_MS });
  const state = async () => ({ upTo: new Date(NOW_MS).toISOString(), backlog: 0, setAside: 0 });
  queries = createQueries({ db, judge: { state }, nowMs: () => NOW_MS });
});
afterAll(() => db.drop());

const everything = {
  statuses: null,
  finding: null,
  step: null,
  user: null,
  router: null,
  versions: null,
  instances: null,
  thread: null,
  connection: null,
  from: null,
  to: null,
  q: null,
};

describe.each(loadScenarios().map((scenario) => [scenario.name, scenario] as const))("%s", (name, scenario) => {
  it("reads as it was judged: verdict, own events, list and counters agree", async () => {
    const played = instantiate(scenario, { prefix: "p-", environment: name, nowMs: NOW_MS });
    await store(db, telemetry(played.events, NOW_MS));
    await judge.drain();
    const environments = [name];
    const list = journeyList.parse(
      await queries.journeys({ ...everything, environments }, { after: null, limit: 200 }),
    );
    expect(list.total).toBe(list.items.length);
    for (const [id, expected] of Object.entries(played.expect.journeys)) {
      const journey = journeyDetail.parse(await queries.journey({ environments, id, key: null, eventsAfter: null }));
      expect(journey.status).toBe(expected.status);
      expect(journey.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(expected.findings));
      expect(journey.findings.every(({ summary }) => summary.length > 10)).toBe(true);
      expect(journey.events.items).toHaveLength(journey.events.total);
      const read = new Set(journey.events.items.map((event) => event.id));
      const cited = [...journey.findings, ...journey.deliveries].flatMap(({ eventIds }) => eventIds);
      expect(cited.filter((eventId) => !read.has(eventId))).toEqual([]);
      expect(list.items.map(({ key }) => key)).toContain(journey.key);
      if (journey.owner === null) continue;
      const whole = { environments, user: journey.owner, from: null, to: null, filter: {} };
      const timeline = userTimeline.parse(await queries.timeline({ ...whole, after: null, limit: 1_000 }));
      const seen = timeline.items.map((event) => event.id);
      expect([...read].filter((eventId) => !seen.includes(eventId))).toEqual([]);
      expect(new Set(seen).size).toBe(seen.length);
      expect(timelineSummary.parse(await queries.timelineSummary(whole)).total).toBe(seen.length);
      userLanes.parse(await queries.userLanes(whole));
    }
    const view = overview.parse(
      await queries.overview({ environments, fromMs: NOW_MS - DAY_MS, toMs: NOW_MS + 60_000 }),
    );
    const counted = Object.entries(view.journeys).filter(([, count]) => count > 0);
    const listed = new Map<string, number>();
    for (const { status } of list.items) listed.set(status, (listed.get(status) ?? 0) + 1);
    expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(listed));
    const failed = list.items.filter(({ brokenBy }) => brokenBy !== null).length;
    expect(view.failures.reduce((sum, { count }) => sum + count, 0)).toBe(failed);
  });
});
