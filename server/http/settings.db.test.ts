import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditList, PolicyDryRun, PolicyView } from "@/contracts/http";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import { withOverrides } from "@/domain/journeys/policy-values";
import { NOW_MS, seedJourneys } from "./testing/seed";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

const variables = { gapMs: 45_000, typeAliases: { muse: "agent_thinking" } };
let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({
    policy: withOverrides(DEFAULT_POLICY, variables),
    policyOverrides: variables,
    allowedFields: ["region"],
    maxDiskBytes: 1024 ** 3,
  });
});
afterAll(() => test.close());

async function put<T = Record<string, unknown>>(path: string, body: unknown, key = ADMIN_KEY) {
  const response = await fetch(`${test.url}/api/v1/${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
}
const policy = async (environment: string) =>
  (await test.get<PolicyView>(`/api/v1/policy?environment=${environment}`)).body;
const lastAudit = async () => (await test.get<AuditList>("/api/v1/audit?limit=1")).body.items[0];

describe("an environment's policy", () => {
  it("says of every value where it comes from, and every save is a version that says what it changed", async () => {
    const before = await policy("prod");
    expect(before).toMatchObject({ version: 1, own: {}, values: { gapMs: 45_000, routeMs: 5_000 } });
    expect(before.origins).toMatchObject({ gapMs: "variable", routeMs: "default", typeAliases: "variable" });

    const own = { routeMs: 7_000, typeAliases: { ponder: "agent_thinking" } };
    const saved = await put<PolicyView>("policy?environment=prod", { basedOn: 1, own });
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({ version: 2, own, values: { gapMs: 45_000, routeMs: 7_000 } });
    expect(saved.body.values.typeAliases).toEqual({ muse: "agent_thinking", ponder: "agent_thinking" });
    expect(saved.body.origins).toMatchObject({ gapMs: "variable", routeMs: "saved" });
    expect(saved.body.history).toMatchObject([
      {
        ...{ version: 2, scope: "environment", savedBy: "preset admin key" },
        changes: [
          { field: "routeMs", before: "5000 ms", after: "7000 ms" },
          { field: "typeAliases", before: "muse → agent_thinking" },
        ],
      },
      { version: 1, scope: "all", from: null, changes: [] },
    ]);
    expect(await policy("elsewhere")).toMatchObject({ version: 1, values: { routeMs: 5_000 } });
    expect(test.settings.typeAliases("prod")).toHaveProperty("ponder");
    expect(test.settings.typeAliases("elsewhere")).not.toHaveProperty("ponder");
    expect(await lastAudit()).toMatchObject({
      ...{ action: "policy_changed", environment: "prod", target: "version 2" },
      detail: { version: 2, changes: [{ field: "routeMs" }, { field: "typeAliases" }] },
    });
  });

  it.each([
    [{ gapMs: 0 }, "own.gapMs"],
    [{ gapMs: 90_000_000 }, "own.gapMs"],
    [{ gapMs: "5 s" }, "own.gapMs"],
    [{ profile: "loose" }, "own.profile"],
    [{ requestTypes: [] }, "own.requestTypes"],
    [{ requestTypes: ["chat_message"] }, "own.requestTypes"],
    [{ requestTypes: ["agent_started"] }, "own.requestTypes"],
    [{ typeAliases: { agent_completed: "done" } }, "own.typeAliases"],
    [{ typeAliases: { a: "b", b: "c" } }, "own.typeAliases"],
    [{ observedStages: { api: ["teleported"] } }, "own.observedStages"],
    [{ gabMs: 5 }, "own"],
  ])("%j is refused, and the answer names the value", async (own, field) => {
    const { status, body } = await put("policy?environment=wrong", { basedOn: 1, own });
    expect(status).toBe(400);
    expect(JSON.stringify(body.error)).toContain(`"field":"${field}`);
    expect((await policy("wrong")).version).toBe(1);
  });

  it("is not saved over what somebody else saved meanwhile", async () => {
    const first = await put<PolicyView>("policy?environment=two", { basedOn: 1, own: { gapMs: 1 } });
    expect(first.status).toBe(200);
    const second = await put("policy?environment=two", { basedOn: 1, own: { gapMs: 2 } });
    expect(second).toMatchObject({ status: 409, body: { error: { code: "changed_meanwhile" } } });
  });

  it("a dry run says what would be judged again, and saves nothing", async () => {
    const at = (agoMs: number) => ({ startedAt: new Date(NOW_MS - agoMs), lastEventAt: new Date(NOW_MS - agoMs) });
    await seedJourneys(test.db, [
      { id: "new", environment: "dry", ...at(60_000) },
      { id: "old", environment: "dry", ...at(3_600_000) },
    ]);
    const change = { basedOn: 1, own: { gapMs: 9 }, applyFrom: new Date(NOW_MS - 600_000).toISOString() };
    const { body } = await put<PolicyDryRun>("policy?environment=dry&dryRun=true", change);
    expect(body).toEqual({
      changes: [{ field: "gapMs", before: "45000 ms", after: "9 ms" }],
      journeys: 1,
      atLeast: false,
    });
    expect((await policy("dry")).version).toBe(1);
    expect(await test.db.prisma.dirtyMark.count({ where: { environment: "dry" } })).toBe(0);
    for (const applyFrom of [NOW_MS + 60_000, NOW_MS - 8 * 86_400_000].map((ms) => new Date(ms).toISOString())) {
      expect(await put("policy?environment=dry", { ...change, applyFrom })).toMatchObject({
        status: 400,
        body: { error: { details: [{ field: "applyFrom" }] } },
      });
    }
  });
});

describe("retention", () => {
  it("says where its limits come from, and a limit of the environment is not changed here", async () => {
    const { body } = await test.get("/api/v1/retention");
    expect(body).toMatchObject({
      revision: 0,
      retentionDays: { value: 14, origin: "default" },
      maxDiskBytes: { value: 1024 ** 3, origin: "variable", variable: "SIGNALBOX_MAX_DISK" },
    });
    const refused = await put("retention", { basedOn: 0, retentionDays: null, maxDiskBytes: 1024 ** 4 });
    expect(refused).toMatchObject({ status: 400, body: { error: { details: [{ field: "maxDiskBytes" }] } } });
    expect(test.settings.limits().maxBytes).toBe(1024 ** 3);
  });

  it("a save counts at once and is in the audit log; another one based on the same is refused", async () => {
    const change = { basedOn: 0, retentionDays: 3, maxDiskBytes: null };
    expect(await put("retention?dryRun=true", change)).toMatchObject({ body: { days: 0, events: 0, bytes: 0 } });
    expect(test.settings.limits().retentionMs).toBe(14 * 86_400_000);
    expect(await put("retention", change)).toMatchObject({
      body: { revision: 1, savedBy: "preset admin key", retentionDays: { value: 3, origin: "saved", fallback: 14 } },
    });
    expect(test.settings.limits().retentionMs).toBe(3 * 86_400_000);
    expect(await lastAudit()).toMatchObject({ action: "settings_changed", target: "retention" });
    expect(await put("retention", change)).toMatchObject({ status: 409 });
  });
});

describe("allowed fields", () => {
  it("saved names count beside those of the variable, and are in the audit log", async () => {
    const { revision } = (await test.get<{ revision: number }>("/api/v1/allowed-fields")).body;
    const saved = await put("allowed-fields", { basedOn: revision, names: ["model", "plan"] });
    expect(saved.body.items).toEqual(
      expect.arrayContaining([
        { name: "model", origin: "saved" },
        { name: "region", origin: "variable" },
        { name: "status", origin: "built_in" },
      ]),
    );
    expect(test.settings.allowedFields()).toEqual(["region", "model", "plan"]);
    expect(await lastAudit()).toMatchObject({
      target: "allowed fields",
      detail: { added: ["model", "plan"], removed: [] },
    });
  });

  it.each([["a.b"], ["two words"], [""], ["password"], ["accessToken"], ["api_key"]])("%j is refused", async (name) => {
    const { revision } = (await test.get<{ revision: number }>("/api/v1/allowed-fields")).body;
    const { status, body } = await put("allowed-fields", { basedOn: revision, names: [name] });
    expect({ status, error: JSON.stringify(body.error) }).toMatchObject({
      status: 400,
      error: expect.stringContaining('"field":"names.0"'),
    });
  });
});

describe("who may change settings", () => {
  it("readers see them and are refused every change", async () => {
    const reader = await test.makeKey("read", ["*"]);
    for (const path of ["policy?environment=prod", "retention", "allowed-fields"]) {
      expect((await test.get(`/api/v1/${path}`, reader)).status).toBe(200);
      expect((await put(path, {}, reader)).status).toBe(403);
    }
  });

  it("an admin of one environment changes its policy, and nothing that concerns others", async () => {
    const admin = await test.makeKey("admin", ["theirs"]);
    expect((await put("policy?environment=theirs", { basedOn: 1, own: {} }, admin)).status).toBe(200);
    expect((await put("policy?environment=prod", { basedOn: 2, own: {} }, admin)).status).toBe(403);
    expect((await put("retention", { basedOn: 0, retentionDays: 1, maxDiskBytes: null }, admin)).status).toBe(403);
    expect((await put("allowed-fields", { basedOn: 0, names: [] }, admin)).status).toBe(403);
  });
});
