import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "@/domain/journeys/types";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { type Expectation, instantiate, loadScenarios } from "@/e2e/support/scenario";
import { readTimelinePage } from "@/server/storage/reading/timeline/timeline-page";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { portions, seeded, shuffled, store, telemetry, testJudge } from "./testing/judge-kit";
import { verifyStore } from "./verify-store";

/** Scenarios that are fresh are judged at their own present. */
const NOW_MS = Date.now();
const scenarios = loadScenarios();
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function findJourney(environment: string, id: string): Promise<Verdict | undefined> {
  const { rows } = await db.pool.query<{ verdict: Verdict }>(
    `SELECT j.verdict FROM journey_alias a JOIN journey j ON j.environment = a.environment AND j.key = a.journey_key
     WHERE a.environment = $1 AND a.alias = $2`,
    [environment, id],
  );
  expect(rows.length, `journeys found by ${id}`).toBeLessThanOrEqual(1);
  return rows[0]?.verdict;
}

async function compare(environment: string, expected: Expectation): Promise<void> {
  for (const [id, journey] of Object.entries(expected.journeys)) {
    const verdict = await findJourney(environment, id);
    const codes = new Set<string>(verdict?.findings.map((finding) => finding.code));
    expect(verdict?.status, `${environment} ${id}`).toBe(journey.status);
    expect([...codes], `${environment} ${id}`).toEqual(expect.arrayContaining(journey.findings));
    expect(journey.findingsNot.filter((code) => codes.has(code))).toEqual([]);
    if (journey.brokenAt === null) expect(verdict?.brokenAt).toBeNull();
    else if (journey.brokenAt !== undefined) expect(verdict?.brokenAt).toMatchObject(journey.brokenAt);
    if (journey.sameAs !== undefined) expect(verdict?.id).toBe(journey.sameAs);
  }
  const { rows } = await db.pool.query<{ n: number }>(
    "SELECT count(*)::integer AS n FROM journey WHERE environment = $1",
    [environment],
  );
  if (expected.journeyIds !== undefined) expect(rows[0]?.n).toBe(expected.journeyIds);
  await compareIncidents(environment, expected);
}

interface IncidentRow {
  rule: string;
  severity: string;
  owners: string[];
  recipients: string[];
}

async function compareIncidents(environment: string, expected: Expectation): Promise<void> {
  const { rows: incidents } = await db.pool.query<IncidentRow>(
    "SELECT rule, severity, owners, recipients FROM incident WHERE environment = $1 AND status <> 'withdrawn'",
    [environment],
  );
  for (const incident of expected.incidents) {
    const alike = incidents.filter(({ rule }) => rule === incident.rule);
    expect(alike.map(({ severity }) => severity)).toContain(incident.severity);
    if (incident.owner !== undefined) expect(alike.flatMap(({ owners }) => owners)).toContain(incident.owner);
    const recipients = incident.recipients ?? (incident.recipient === undefined ? [] : [incident.recipient]);
    expect(alike.flatMap((row) => row.recipients)).toEqual(expect.arrayContaining(recipients));
  }
  for (const rule of expected.notIncidents) expect(incidents.map((incident) => incident.rule)).not.toContain(rule);
}

const ORDERS = ["told", "reversed", "shuffled", "twice"] as const;

function inOrder(events: readonly TelemetryEvent[], order: (typeof ORDERS)[number], random: () => number) {
  switch (order) {
    case "told":
      return [...events];
    case "reversed":
      return [...events].reverse();
    case "shuffled":
      return shuffled(events, random);
    case "twice":
      return shuffled([...events, ...events], random);
  }
}

describe.each(ORDERS)("all scenarios at once, %s, in portions of any size", (order) => {
  const random = seeded(ORDERS.indexOf(order) + 1);
  const played = scenarios.map((scenario) => {
    const environment = `${scenario.name} ${order}`;
    return { environment, ...instantiate(scenario, { prefix: "p-", environment, nowMs: NOW_MS }) };
  });

  beforeAll(async () => {
    const judge = testJudge(db, { nowMs: () => NOW_MS });
    const queues = played.map(({ events }) => portions(inOrder(telemetry(events, NOW_MS), order, random), 6, random));
    for (let turn = 0; queues.some((queue) => queue.length > turn); turn++) {
      for (const queue of queues) if (queue[turn]) await store(db, queue[turn] ?? []);
      if (random() < 0.7) await judge.drain();
    }
    await judge.drain();
    expect(judge.errors).toEqual([]);
  });

  it.each(played.map((scenario) => [scenario.name, scenario] as const))("%s", async (_name, scenario) => {
    await compare(scenario.environment, scenario.expect);
  });
});

it("leaves nothing that a recomputation would see otherwise", async () => {
  const { differences, journeys } = await verifyStore(db, NOW_MS);
  expect(differences).toEqual([]);
  expect(journeys).toBeGreaterThan(ORDERS.length * 30);
});

/** The ids on the timeline of every user who owns a journey. */
async function timelines(): Promise<Map<string, string[]>> {
  const { rows: owners } = await db.pool.query<{ environment: string; owner: string }>(
    "SELECT DISTINCT environment, owner FROM journey WHERE owner IS NOT NULL",
  );
  const found = new Map<string, string[]>();
  for (const { environment, owner } of owners) {
    const range = { environments: [environment], user: owner, from: null, to: null };
    const { rows } = await readTimelinePage(db, { ...range, filter: {}, after: null, limit: 1_000 });
    found.set(`${environment} ${owner}`, rows.map(({ id }) => id).sort());
  }
  return found;
}

it("tells on users' timelines of the same events, one by one or by the ids of their journeys", async () => {
  const oneByOne = await timelines();
  await db.pool.query("UPDATE journey SET unclaimed_ids = NULL");
  expect(oneByOne).toEqual(await timelines());
  expect(oneByOne.size).toBeGreaterThan(ORDERS.length * 30);
});
