/** No list of an answer is cut without saying how much of it is left out. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { incidentList, journeyDetail, journeyList, overview, routerList, sourceList } from "@/contracts/http";
import { OK, routerMetric } from "@/domain/rollups/router-metrics";
import { NOW_MS, seedJourneys, seedRouterCounts } from "./testing/seed";
import { createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
const environment = "overfull";
const at = (agoMs: number) => new Date(NOW_MS - agoMs);
const names = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

it("the overview counts the routers beyond the busiest hundred, and shares are of all", async () => {
  const messages = names(130, "R").map((router) => [routerMetric.message(router, OK), 10]);
  await seedRouterCounts(test.db, at(600_000), Object.fromEntries(messages), environment);
  const { routers, routersOmitted } = overview.parse(
    (await test.get(`/api/v1/overview?environment=${environment}`)).body,
  );
  expect([routers.length, routersOmitted]).toEqual([100, 30]);
  expect(routers[0]?.share).toBeCloseTo(1 / 130);
  const list = routerList.parse((await test.get(`/api/v1/routers?environment=${environment}`)).body);
  expect(list.items.length + list.omitted).toBe(130);
});

it("an incident counts the owners and recipients that it does not name", async () => {
  await test.db.prisma.incident.create({
    data: {
      id: "inc",
      environment,
      rule: "wrong_recipient",
      severity: "critical",
      router: "R",
      owners: names(120, "owner"),
      recipients: names(3, "recipient"),
      firstSeenAt: at(2_000),
      lastSeenAt: at(1_000),
      occurrences: 120,
    },
  });
  const [incident] = incidentList.parse((await test.get(`/api/v1/incidents?environment=${environment}`)).body).items;
  expect([incident?.owners.length, incident?.ownersOmitted]).toEqual([100, 20]);
  expect([incident?.recipients.length, incident?.recipientsOmitted]).toEqual([3, 0]);
});

it("the sources count themselves, their outages and the notes", async () => {
  const source = (id: string) => ({ id, environment, url: "http://router:1/signalbox", state: "connected" });
  await test.db.prisma.source.createMany({ data: names(501, "s").map((id) => source(id.padStart(5, "a"))) });
  await test.db.prisma.sourceOutage.createMany({
    data: names(14, "").map((n) => ({ sourceId: "aaas0", kind: "gap", fromAt: at(Number(n) * 1_000), toAt: at(0) })),
  });
  const note = { environment, code: "clock_skew", count: 1n, firstAt: at(0), lastAt: at(0), service: "chat" };
  await test.db.prisma.qualityNote.createMany({ data: names(503, "i").map((instance) => ({ ...note, instance })) });
  const list = sourceList.parse((await test.get(`/api/v1/sources?environment=${environment}`)).body);
  expect([list.items.length, list.omitted, list.notes.length, list.notesOmitted]).toEqual([500, 1, 500, 3]);
  const gappy = list.items.find(({ id }) => id === "aaas0");
  expect([gappy?.outages.length, gappy?.outagesOmitted]).toEqual([10, 4]);
});

it("a journey counts what its verdict, its findings and its deliveries leave out", async () => {
  const eventIds = names(35, "e");
  const verdict = {
    owner: null,
    claimedOwner: null,
    startedAtMs: at(60_000).getTime(),
    durationMs: null,
    steps: [],
    findings: [
      {
        ...{ code: "stalled", severity: "error", fails: true, step: null, hop: null, router: null },
        ...{ messageId: null, messageType: null, dueMs: at(0).getTime(), eventIds },
      },
    ],
    deliveries: [
      {
        ...{ messageId: "m", type: "agent_started", state: "acked", connectionId: "c", recipient: "u", router: null },
        ...{ emittedAtMs: null, sentAtMs: null, ackedAtMs: null, eventIds },
      },
    ],
    linked: names(201, "l"),
    notes: [{ code: "unknown_user", text: "x", eventIds: names(20, "e"), eventIdsOmitted: 15 }],
  };
  const many = { routers: names(205, "R"), versions: names(206, "v"), instances: names(207, "i") };
  await seedJourneys(test.db, [{ id: "full", environment, verdict, ...many }]);
  await test.db.prisma.incident.createMany({
    data: names(52, "more").map((id) => ({
      ...{ id, environment, rule: id, severity: "critical", router: "" },
      ...{ firstSeenAt: at(0), lastSeenAt: at(0) },
    })),
  });
  await test.db.prisma.occurrence.createMany({
    data: names(52, "more").flatMap((incidentId) =>
      ["a", "b"].map((key) => ({
        ...{ environment, key: `${incidentId}${key}`, incidentId, subject: "r:full", rule: incidentId },
        ...{ severity: "critical", router: "", eventIds: [], occurredAt: at(0) },
      })),
    ),
  });
  await test.db.prisma.connectionInterval.createMany({
    data: names(230, "").map((n) => ({
      ...{ environment, instance: "i", connectionId: "c", n: Number(n), openedAt: at(60_000) },
    })),
  });

  const journey = journeyDetail.parse((await test.get(`/api/v1/journeys/full?environment=${environment}`)).body);
  expect(journey.omitted).toEqual({
    ...{ findings: 0, deliveries: 0, notes: 0, connections: 30 },
    ...{ routers: 5, versions: 6, instances: 7, linked: 1, incidents: 2 },
  });
  expect([journey.incidentIds.length, journey.connections.length]).toEqual([50, 200]);
  for (const listed of [journey.findings[0], journey.deliveries[0], journey.notes[0]]) {
    expect([listed?.eventIds.length, listed?.eventIdsOmitted]).toEqual([20, 15]);
  }
  const [row] = journeyList.parse((await test.get(`/api/v1/journeys?environment=${environment}`)).body).items;
  expect([row?.routers.length, row?.omitted]).toEqual([50, { routers: 155, versions: 156 }]);
});
