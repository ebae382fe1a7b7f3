import { expect, test } from "@playwright/test";
import { chunk, shuffle } from "@/synthetic/arrange";
import { get, post, type Target } from "../support/api";
import { makeDataDir, removeDataDir, startAppProcess } from "../support/app-process";
import { type ExpectedIncident, instantiate, loadScenarios, type Played, type WireItem } from "../support/scenario";

interface Detail {
  id: string;
  status: string;
  findings: { code: string }[];
  brokenAt: Record<string, unknown> | null;
}

const arrangements: Record<string, (events: WireItem[], seed: number) => WireItem[][]> = {
  "in file order, at once": (events) => [events],
  "reversed, one by one and all at once": (events) => [...events].reverse().map((event) => [event]),
  "shuffled, in requests of any size": (events, seed) => chunk(shuffle(events, seed), 7, seed),
  "every event sent twice, shuffled": (events, seed) => chunk(shuffle([...events, ...events], seed), 11, seed),
};

interface Shown extends Played {
  environment: string;
}

async function mismatches(app: Target, { environment, expect: wanted }: Shown): Promise<string[]> {
  const wrong: string[] = [];
  for (const [id, journey] of Object.entries(wanted.journeys)) {
    const detail = await get<Detail>(
      app,
      `/api/v1/journeys/${encodeURIComponent(id)}?environment=${environment}`,
    ).catch(() => null);
    const codes = detail?.findings.map(({ code }) => code) ?? [];
    if (detail?.status !== journey.status) wrong.push(`${id}: ${detail?.status} is not ${journey.status}`);
    for (const code of journey.findings) if (!codes.includes(code)) wrong.push(`${id} lacks ${code}`);
    for (const code of journey.findingsNot) if (codes.includes(code)) wrong.push(`${id} has ${code}`);
    if (journey.sameAs !== undefined && detail?.id !== journey.sameAs)
      wrong.push(`${id} is ${detail?.id}, not ${journey.sameAs}`);
    if (journey.status !== "failed" && detail && detail.brokenAt !== null)
      wrong.push(`${id} broke without having failed`);
    for (const [key, value] of Object.entries(journey.brokenAt ?? {})) {
      if (detail?.brokenAt?.[key] !== value)
        wrong.push(`${id} broke at ${key} ${String(detail?.brokenAt?.[key])}, not ${value}`);
    }
  }
  const { total } = await get<{ total: number }>(
    app,
    `/api/v1/journeys?environment=${environment}&from=${new Date(Date.now() - 86_400_000).toISOString()}`,
  );
  if (wanted.journeyIds !== undefined && total !== wanted.journeyIds)
    wrong.push(`${total} journeys, not ${wanted.journeyIds}`);
  const { items } = await get<{ items: ExpectedIncident[] }>(app, `/api/v1/incidents?environment=${environment}`);
  for (const incident of wanted.incidents) {
    if (!items.some((item) => matches(item, incident))) wrong.push(`no incident ${JSON.stringify(incident)}`);
  }
  for (const rule of wanted.notIncidents) if (items.some((item) => item.rule === rule)) wrong.push(`incident ${rule}`);
  return wrong;
}

function matches(item: ExpectedIncident & { owners?: string[] }, wanted: ExpectedIncident): boolean {
  const recipients = [...(wanted.recipients ?? []), ...(wanted.recipient === undefined ? [] : [wanted.recipient])];
  return (
    item.rule === wanted.rule &&
    item.severity === wanted.severity &&
    (wanted.router === undefined || item.router === wanted.router) &&
    (wanted.owner === undefined || (item.owners ?? []).includes(wanted.owner)) &&
    recipients.every((recipient) => item.recipients?.includes(recipient))
  );
}

test.describe("every labelled scenario holds over the public API", () => {
  let app: Awaited<ReturnType<typeof startAppProcess>>;
  const dataDir = makeDataDir();
  test.beforeAll(async () => {
    app = await startAppProcess({ dataDir });
  });
  test.afterAll(async () => {
    await app.end("SIGTERM");
    removeDataDir(dataDir);
  });

  for (const [index, [name, arrange]] of Object.entries(arrangements).entries()) {
    test(name, async () => {
      test.setTimeout(180_000);
      const played: Shown[] = [];
      for (const scenario of loadScenarios()) {
        const environment = `${scenario.name}-${index}`;
        const now = { environment, ...instantiate(scenario, { prefix: `${index}-`, environment, nowMs: Date.now() }) };
        await Promise.all(arrange(now.events, index + 1).map((batch) => post(app, batch)));
        // What is fresh is judged before its deadlines pass.
        if (scenario.fresh || scenario.agoMs !== undefined)
          await expect.poll(() => mismatches(app, now), { timeout: 4_000 }).toEqual([]);
        else played.push(now);
      }
      for (const one of played)
        await expect.poll(() => mismatches(app, one), { message: one.environment, timeout: 20_000 }).toEqual([]);
    });
  }
});
