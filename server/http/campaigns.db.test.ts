import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CampaignChange, campaign, campaignList } from "@/contracts/campaigns";
import { NOW_MS } from "./testing/seed";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

const DAY_MS = 86_400_000;
const TODAY_MS = Math.floor(NOW_MS / DAY_MS) * DAY_MS;
const environment = "campaigns";
let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const ONE_ROUTER: CampaignChange = {
  name: "One message router",
  environment,
  windowMinutes: 1_440,
  holdMinutes: 1_440,
  criteria: [
    { kind: "implementations", concept: "message_router", max: 1 },
    { kind: "file_gone", file: "app/legacy.py" },
    { kind: "reliability", min: 0.995 },
    { kind: "delivery", min: 1, types: ["agent_completed"] },
    { kind: "leaks", max: 0 },
    { kind: "suite", suite: "golden path" },
  ],
};

async function send(method: "PUT" | "DELETE", id: string, body?: unknown, key = ADMIN_KEY) {
  const response = await fetch(`${test.url}/api/v1/campaigns/${id}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function scanned(daysAgo: number, implementations: number, paths?: string[]): Promise<void> {
  const committedAt = new Date(NOW_MS - daysAgo * DAY_MS);
  await test.db.prisma.scan.create({
    data: {
      ...{ id: `s${daysAgo}`, commit: `c${daysAgo}`, configHash: "x", uploadedBy: "ci", files: 1, notAnalysed: 0 },
      ...{ committedAt, uploadedAt: committedAt, report: {}, ...(paths && { paths }) },
      concepts: {
        create: [{ concept: "message_router", count: implementations, target: 1, canonical: 1, total: 1, legacy: 0 }],
      },
    },
  });
}

const counted = (daysAgo: number, metric: string, n: bigint) => ({
  ...{ environment, grain: "hour", bucket: new Date(TODAY_MS - daysAgo * DAY_MS), metric, n },
});

describe("a campaign", () => {
  it("is known by nothing before there is evidence: neither met nor missed", async () => {
    const made = await send("PUT", "one-router", ONE_ROUTER);
    expect(made.status).toBe(200);
    const view = campaign.parse(made.body);
    expect(view).toMatchObject({ done: false, met: 0, name: "One message router", holdMinutes: 1_440 });
    expect(view.criteria.map(({ now, met, since }) => [now, met, since])).toEqual(
      ONE_ROUTER.criteria.map(() => [null, null, null]),
    );
  });

  it("evaluates every criterion from scans, counters, leaks and runs, and is done when all have held", async () => {
    await scanned(4, 3, ["app/legacy.py"]);
    await scanned(3, 1, ["app/router.py"]);
    await test.db.prisma.rollup.createMany({
      data: [3, 2, 1, 0].flatMap((daysAgo) => [
        counted(daysAgo, "status/succeeded", 10n),
        counted(daysAgo, "delivery/agent_completed/emitted", 10n),
        counted(daysAgo, "delivery/agent_completed/delivered", daysAgo === 3 ? 9n : 10n),
      ]),
    });
    const run = {
      environment,
      suite: "golden path",
      uploadedAt: new Date(NOW_MS),
      uploadedBy: "ci",
      tests: 3,
      errors: 0,
    };
    await test.db.prisma.testRun.createMany({
      data: [3, 2].map((daysAgo) => ({
        ...{ ...run, id: `run${daysAgo}`, digest: `run${daysAgo}`, ranAt: new Date(NOW_MS - daysAgo * DAY_MS) },
        ...{ failures: daysAgo === 3 ? 1 : 0, skipped: 0, realConnections: 0, mockedConnections: 0, failed: [] },
      })),
    });
    const view = campaign.parse((await test.get("/api/v1/campaigns/one-router")).body);
    expect(view.criteria.map(({ criterion: { kind }, now, met }) => [kind, now, met])).toEqual([
      ["implementations", 1, true],
      ["file_gone", 0, true],
      ["reliability", 1, true],
      ["delivery", 1, true],
      ["leaks", 0, true],
      ["suite", 1, true],
    ]);
    // The window that ends two hours into the day before yesterday is the first without the bad one.
    expect(view.criteria[3]?.since).toBe(new Date(TODAY_MS - 2 * DAY_MS + 7_200_000).toISOString());
    expect(view.done).toBe(true);

    await send("PUT", "one-router", { ...ONE_ROUTER, holdMinutes: 4_320 });
    const { items } = campaignList.parse((await test.get(`/api/v1/campaigns?environment=${environment}`)).body);
    expect(items).toMatchObject([{ id: "one-router", criteria: 6, met: 6, done: false }]);
  });

  it("is refused by the name of the field, and changed by admins of its environment only", async () => {
    const wrong = { ...ONE_ROUTER, criteria: [{ kind: "reliability", min: 99.5 }] };
    expect(await send("PUT", "wrong", wrong)).toMatchObject({
      ...{ status: 400, body: { error: { details: [{ field: "criteria.0.min" }] } } },
    });
    expect((await send("PUT", "Not%20A%20Slug", ONE_ROUTER)).status).toBe(400);
    const elsewhere = await test.makeKey("admin", ["elsewhere"]);
    expect((await send("PUT", "one-router", { ...ONE_ROUTER, environment: "elsewhere" }, elsewhere)).status).toBe(404);
    expect((await send("DELETE", "one-router", undefined, elsewhere)).status).toBe(404);
    expect((await send("DELETE", "one-router")).status).toBe(200);
    expect((await test.get("/api/v1/campaigns/one-router")).status).toBe(404);
  });
});

describe("a campaign of a config", () => {
  const { environment: _environment, ...fields } = ONE_ROUTER;
  const item = { id: "by-config", ...fields, environment };
  const upload = async (items: unknown[], daysAgo: number, key = ADMIN_KEY, project = "chat") => {
    const report = { commit: `config ${daysAgo}`, files: 1, notAnalysed: [], concepts: [] };
    const committedAt = new Date(NOW_MS - daysAgo * DAY_MS).toISOString();
    const response = await fetch(`${test.url}/api/v1/scans`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ configHash: "d".repeat(64), committedAt, report, campaigns: { project, items } }),
    });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, campaigns: body.campaigns, error: body.error };
  };
  const told = { created: [], changed: [], unchanged: [], ended: [] };

  it("comes with the scan, once however often it is sent, and changes with it", async () => {
    expect((await upload([item], 8)).campaigns).toEqual({ ...told, created: ["by-config"] });
    expect((await upload([item], 8)).campaigns).toEqual({ ...told, unchanged: ["by-config"] });
    expect((await upload([{ ...item, holdMinutes: 60 }], 7)).campaigns).toEqual({ ...told, changed: ["by-config"] });
    expect((await upload([item], 9)).campaigns).toBeNull();
    const view = campaign.parse((await test.get("/api/v1/campaigns/by-config")).body);
    expect(view).toMatchObject({ project: "chat", holdMinutes: 60, endedAt: null });
  });

  it("is not changed in the app, ends when its config does not name it, and may then be deleted", async () => {
    expect((await send("PUT", "by-config", ONE_ROUTER)).status).toBe(409);
    expect((await send("DELETE", "by-config")).status).toBe(409);
    expect((await upload([], 6)).campaigns).toEqual({ ...told, ended: ["by-config"] });
    expect((await upload([], 6)).campaigns).toEqual(told);
    expect(campaign.parse((await test.get("/api/v1/campaigns/by-config")).body)).toMatchObject({
      ...{ endedAt: new Date(NOW_MS).toISOString(), asOf: new Date(NOW_MS).toISOString() },
    });
    expect((await upload([item], 5)).campaigns).toEqual({ ...told, changed: ["by-config"] });
    expect((await upload([], 4)).campaigns).toEqual({ ...told, ended: ["by-config"] });
    expect((await send("DELETE", "by-config")).status).toBe(200);
  });

  it("is refused by its field where its id is another's or its environment out of reach, and nothing is stored", async () => {
    await send("PUT", "by-hand", ONE_ROUTER);
    const taken = await upload([item, { ...item, id: "by-hand" }], 3);
    expect(taken).toMatchObject({ status: 409, error: { details: [{ field: "campaigns.items.1.id" }] } });
    const key = await test.makeKey("ingest", ["elsewhere"]);
    const refused = await upload([item], 3, key);
    expect(refused).toMatchObject({ status: 403, error: { details: [{ field: "campaigns.items.0.environment" }] } });
    expect((await test.get("/api/v1/campaigns/by-config")).status).toBe(404);
    expect(await test.db.prisma.scan.count({ where: { commit: "config 3" } })).toBe(0);
  });
});
