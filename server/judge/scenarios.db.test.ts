import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "@/domain/journeys/types";
import { type Expectation, instantiate, loadScenarios } from "@/e2e/support/scenario";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { portions, seeded, shuffled, store, telemetry, type TestJudge, testJudge } from "./testing/judge-kit";

/** Scenarios that are fresh are judged at their own present. */
const NOW_MS = Date.now();
let db: TestDatabase;
let judge: TestJudge;

beforeAll(async () => {
  db = await createTestDatabase();
  judge = testJudge(db, { nowMs: () => NOW_MS });
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
    expect(verdict?.status, id).toBe(journey.status);
    expect(
      journey.findings.filter((code) => !codes.has(code)),
      `${id} lacks`,
    ).toEqual([]);
    expect(
      journey.findingsNot.filter((code) => codes.has(code)),
      `${id} has`,
    ).toEqual([]);
    if (journey.brokenAt !== undefined) {
      if (journey.brokenAt === null) expect(verdict?.brokenAt).toBeNull();
      else expect(verdict?.brokenAt).toMatchObject(journey.brokenAt);
    }
    if (journey.sameAs !== undefined) expect(verdict?.id).toBe(journey.sameAs);
  }
  const { rows } = await db.pool.query<{ n: number }>(
    "SELECT count(*)::integer AS n FROM journey WHERE environment = $1",
    [environment],
  );
  if (expected.journeyIds !== undefined) expect(rows[0]?.n).toBe(expected.journeyIds);
  await compareIncidents(environment, expected);
}

async function compareIncidents(environment: string, expected: Expectation): Promise<void> {
  const { rows: incidents } = await db.pool.query<{
    rule: string;
    severity: string;
    owners: string[];
    recipients: string[];
  }>(
    "SELECT rule, severity, owners, recipients, router FROM incident WHERE environment = $1 AND status <> 'withdrawn'",
    [environment],
  );
  for (const incident of expected.incidents.filter(({ rule }) => rule === "wrong_recipient")) {
    const alike = incidents.filter(({ rule }) => rule === incident.rule);
    expect(alike.map(({ severity }) => severity)).toContain(incident.severity);
    if (incident.owner !== undefined) expect(alike.flatMap(({ owners }) => owners)).toContain(incident.owner);
    const recipients = incident.recipients ?? (incident.recipient === undefined ? [] : [incident.recipient]);
    expect(alike.flatMap((row) => row.recipients)).toEqual(expect.arrayContaining(recipients));
  }
  for (const rule of expected.notIncidents) expect(incidents.map((incident) => incident.rule)).not.toContain(rule);
}

const ORDERS = ["told", "reversed", "shuffled", "twice"] as const;

describe.each(loadScenarios().map((scenario) => [scenario.name, scenario] as const))("%s", (name, scenario) => {
  it.each(ORDERS)("is judged as labelled, %s, in portions of any size", async (order) => {
    const random = seeded(name.length * 31 + ORDERS.indexOf(order));
    const environment = `${name} ${order}`;
    const played = instantiate(scenario, { prefix: "p-", environment, nowMs: NOW_MS });
    const told = telemetry(played.events, NOW_MS);
    const events = {
      told,
      reversed: [...told].reverse(),
      shuffled: shuffled(told, random),
      twice: shuffled([...told, ...told], random),
    }[order];
    for (const portion of portions(events, 6, random)) {
      await store(db, portion);
      if (random() < 0.6) await judge.drain();
    }
    await judge.drain();
    expect(judge.errors).toEqual([]);
    await compare(environment, played.expect);
  });
});
