import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type IncidentEvidence,
  incidentBundle,
  incidentEvidence,
  incidentJourneys,
  incidentOccurrences,
} from "@/contracts/http";
import { instantiate, loadScenarios } from "@/e2e/support/scenario";
import { ADMIN_KEY } from "@/server/http/testing/test-app";
import { DAY_MS } from "@/server/storage/partition-days";
import { applyRetention } from "@/server/storage/retention";
import { keepEvidenceOfDay } from "./keep-evidence";
import { createLeakKit, type LeakKit } from "./testing/leak-kit";

const LEAK = loadScenarios().find(({ name }) => name === "leak-wrong-connection") ?? expect.unreachable();
let kit: LeakKit;
beforeAll(async () => {
  kit = await createLeakKit((place) => instantiate(LEAK, place).events);
});
afterAll(() => kit.close());

async function evidence(environment: string, key?: string): Promise<IncidentEvidence> {
  const query = new URLSearchParams({ environment, ...(key === undefined ? {} : { occurrence: key }) });
  const { body } = await kit.test.get(`/api/v1/incidents/${await kit.only(environment)}/evidence?${query}`);
  return incidentEvidence.parse(body);
}

/** As retention does when everything is too old. */
async function dropEverything() {
  const { db, clock } = kit.test;
  const onError = (error: unknown) => expect.unreachable(String(error));
  const nowMs = clock.nowMs + 3 * DAY_MS;
  await applyRetention(db, { nowMs, retentionMs: DAY_MS, maxBytes: 20e9 }, (day) =>
    keepEvidenceOfDay(db, day, nowMs, onError),
  );
}

describe("the evidence of a leak", () => {
  it("shows the delivery, whose connection it was, and both users around the moment", async () => {
    await kit.leak("proof", "a-", "1.0");
    const { source, occurrence, around } = await evidence("proof");
    expect(source).toBe("telemetry");
    expect(occurrence).toMatchObject({ owner: "a-alice", recipient: "a-bob", connectionId: "a-c4" });
    expect(around.hops.map(({ stage, connectionUser, router }) => [stage, connectionUser, router])).toEqual([
      ["emitted", null, null],
      ["sent", "a-bob", "WebSocketEventRouter"],
    ]);
    expect(around.binding).toMatchObject({
      ...{ connectionId: "a-c4", userId: "a-bob", bindings: [{ userId: "a-bob" }] },
      events: [{ stage: "connection_opened" }, { stage: "connection_authenticated", userId: "a-bob" }],
    });
    const [owner, recipient] = around.sides;
    expect([owner?.role, owner?.userId, recipient?.role, recipient?.userId]).toEqual([
      ...["owner", "a-alice", "recipient", "a-bob"],
    ]);
    const shared = owner?.events.filter(({ id }) => recipient?.events.some((event) => event.id === id));
    expect(shared?.map(({ id }) => id)).toEqual(["a-e16"]);
    expect(recipient?.events.map(({ id }) => id)).toEqual(["a-e5", "a-e6", "a-e16"]);
  });

  it("is written down as a reading of both timelines", async () => {
    const { body } = await kit.test.get<{ items: object[] }>("/api/v1/audit?action=timeline_read&environment=proof");
    expect(body.items).toMatchObject([{ target: "a-bob" }, { target: "a-alice" }]);
  });

  it("of each occurrence is found by its key; what it occurred in is paged", async () => {
    for (const prefix of ["a-", "b-", "c-"]) await kit.leak("paged", prefix);
    const id = await kit.only("paged");
    const pages: string[][] = [];
    let cursor = "";
    do {
      const address = `/api/v1/incidents/${id}/occurrences?environment=paged&limit=2&cursor=${cursor}`;
      const page = incidentOccurrences.parse((await kit.test.get(address)).body);
      pages.push(page.items.map(({ key }) => key));
      cursor = page.nextCursor ?? "";
    } while (cursor !== "");
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
    const owners = await Promise.all(pages.flat().map(async (key) => (await evidence("paged", key)).occurrence.owner));
    expect(owners).toEqual(["c-alice", "b-alice", "a-alice"]);
    const first = await kit.test.get(`/api/v1/incidents/${id}/journeys?environment=paged&limit=2`);
    const { items, nextCursor } = incidentJourneys.parse(first.body);
    const rest = await kit.test.get(`/api/v1/incidents/${id}/journeys?environment=paged&limit=2&cursor=${nextCursor}`);
    expect([...items, ...incidentJourneys.parse(rest.body).items].map(({ journey }) => journey?.id)).toEqual([
      ...["c-run7", "b-run7", "a-run7"],
    ]);
    const foreign = await kit.test.makeKey("read", ["elsewhere"]);
    expect((await kit.test.get(`/api/v1/incidents/${id}/evidence`, foreign)).status).toBe(404);
    expect((await kit.test.get(`/api/v1/incidents/${id}/evidence?environment=paged&occurrence=x`)).status).toBe(404);
  });

  it("stays the same when retention drops the events, and forgets an erased user then too", async () => {
    await kit.leak("kept", "a-", "1.0");
    await kit.leak("kept", "b-", "1.0");
    const before = await evidence("kept");
    await dropEverything();
    expect(await kit.test.db.prisma.telemetryEvent.count({ where: { environment: "kept" } })).toBe(0);
    const after = await evidence("kept");
    expect(after).toEqual({ ...before, source: "kept", keptAt: expect.any(String) });

    expect((await kit.erase("b-bob", "kept")).status).toBe(200);
    const pseudonym = kit.test.erased.pseudonymOf("b-bob") ?? "";
    const erased = await evidence("kept");
    expect(JSON.stringify(erased)).not.toContain("b-bob");
    const forgotten = JSON.parse(JSON.stringify(after).replaceAll("b-bob", pseudonym)) as IncidentEvidence;
    expect(erased).toEqual(forgotten);
    const stored = await kit.test.db.prisma.occurrence.findMany({ where: { environment: "kept" } });
    expect(stored.every(({ kept }) => kept !== null)).toBe(true);
    expect(JSON.stringify(stored)).not.toContain("b-bob");
  });
});

describe("the export of an incident", () => {
  const address = async (query = "") =>
    `${kit.test.url}/api/v1/incidents/${await kit.only("export")}/export?environment=export${query}`;
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };

  it("is one bounded document that says what it leaves out, and is written down", async () => {
    for (const n of Array.from({ length: 22 }, (_, i) => i)) await kit.leak("export", `n${n}-`, "1.0");
    await fetch(`${kit.test.url}/api/v1/incidents/${await kit.only("export")}?environment=export`, {
      method: "PATCH",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ status: "acknowledged", note: "Known to the customer." }),
    });
    const response = await fetch(await address(), { headers });
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="incident-[0-9a-f]+\.json"$/);
    const text = await response.text();
    const bundle = incidentBundle.parse(JSON.parse(text));
    expect(bundle.incident).toMatchObject({ status: "acknowledged", occurrences: 22 });
    expect(bundle.occurrences).toHaveLength(22);
    expect(bundle.evidence.map(({ occurrence }) => occurrence)).toEqual(
      bundle.occurrences.slice(0, 20).map(({ key }) => key),
    );
    expect(bundle.evidence[0]?.around.sides.map(({ userId }) => userId)).toEqual(["n21-alice", "n21-bob"]);
    expect(bundle.journeys).toHaveLength(22);
    expect(bundle.history.map(({ action }) => action)).toEqual(["noted", "acknowledged", "detected"]);
    expect(bundle.leftOut).toMatchObject({ occurrences: 0, evidence: 2, journeys: 0, history: 0, notes: 1 });
    expect(text).not.toContain("Known to the customer");
    expect(await (await fetch(await address("&notes=true"), { headers })).text()).toContain("Known to the customer");
    const { body } = await kit.test.get<{ items: object[] }>("/api/v1/audit?action=incident_exported");
    expect(body.items).toMatchObject([
      { detail: { notes: true } },
      { environment: "export", detail: { notes: false } },
    ]);
  });

  it("is refused to who may not look there", async () => {
    const foreign = await kit.test.makeKey("read", ["elsewhere"]);
    const id = await kit.only("export");
    expect((await kit.test.get(`/api/v1/incidents/${id}/export`, foreign)).status).toBe(404);
    expect((await kit.test.get(`/api/v1/incidents/${id}/export?environment=export`, foreign)).status).toBe(403);
  });
});
