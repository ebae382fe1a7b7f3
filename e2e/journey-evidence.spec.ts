import AxeBuilder from "@axe-core/playwright";
import { post, untilJudged } from "./support/api";
import { expect, test } from "./support/app";
import { conversation } from "./support/conversation";

const ENVIRONMENT = "evidence";
const THOUGHTS = 21_000;
const BATCH = 5_000;
const LONG = `${"very-long-".repeat(20)}id`;

test.beforeAll(async ({ app }) => {
  test.setTimeout(240_000);
  const startMs = Date.now() - 300_000;
  const events = [
    ...conversation({
      user: "evi",
      environment: ENVIRONMENT,
      startMs,
      turns: [{ runId: "evi-1" }, { runId: "evi-2", failsIn: "h" }, { runId: "evi-3" }],
    }),
    ...conversation({
      user: LONG,
      environment: ENVIRONMENT,
      startMs,
      turns: [{ runId: LONG }],
    }),
    ...conversation({
      user: "big",
      environment: ENVIRONMENT,
      startMs,
      turns: [{ runId: "big-run", thoughts: THOUGHTS }],
    }),
    {
      id: "claim-1",
      time: new Date(startMs).toISOString(),
      environment: ENVIRONMENT,
      stage: "emitted",
      type: "agent_started",
      runId: "claimed-run",
      userId: "somebody",
    },
  ];
  for (let from = 0; from < events.length; from += BATCH) {
    expect((await post(app, events.slice(from, from + BATCH))).rejected).toEqual([]);
  }
  await untilJudged(app, ENVIRONMENT);
});

test("a user's journeys are walked by keyboard, one after the other", async ({ page }) => {
  await page.goto(`/journeys/evi-2?environment=${ENVIRONMENT}`);
  const strip = page.getByRole("navigation", { name: "Journeys of evi" });
  await expect(strip.getByRole("listitem")).toHaveCount(3);
  await expect(strip.getByRole("link", { name: /^failed/ })).toHaveCount(0);
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByRole("heading", { name: "evi-3", level: 1 })).toBeVisible();
  await expect(strip.getByRole("link", { name: /^failed.*Handler failed/ })).toBeVisible();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.getByRole("heading", { name: "evi-2", level: 1 })).toBeVisible();
  await strip.getByRole("link", { name: "Earlier" }).click();
  await expect(page.getByRole("heading", { name: "evi-1", level: 1 })).toBeVisible();
});

test("an event shows everything that is kept of it, and leads to the next one", async ({ page }) => {
  await page.goto(`/journeys/evi-2?environment=${ENVIRONMENT}`);
  await page.getByRole("button", { name: "Event of received" }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByRole("heading", { name: "received · user_message" })).toBeVisible();
  await expect(drawer.getByRole("region", { name: "Payload" })).toContainText("redacted:18:");
  await expect(drawer.getByRole("region", { name: "Payload" })).toContainText('"kind": "text"');
  await expect(drawer.getByRole("region", { name: "Attributes" })).toContainText("redacted:2:");
  await expect(drawer).toContainText("after it happened");
  await expect(drawer).not.toContainText("How are you");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await page.keyboard.press("ArrowRight");
  await expect(drawer.getByRole("heading", { name: "routed · user_message" })).toBeVisible();
  await expect(page).toHaveURL(/#event=evi-2-routed/);
  await page.keyboard.press("ArrowLeft");
  await expect(drawer.getByRole("heading", { name: "received · user_message" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Event of received" })).toBeFocused();
});

test("an event deep in a run of 21,000 opens from its link, and stays at hand", async ({ page }) => {
  test.setTimeout(120_000);
  const requests: string[] = [];
  page.on("request", (request) => request.url().includes("/api/v1/journeys/") && requests.push(request.url()));
  await page.goto(`/journeys/big-run?environment=${ENVIRONMENT}#event=big-run-thought-17500`);
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("big-run-thought-17500");
  expect(requests.filter((url) => url.includes("/events?")).length).toBeLessThanOrEqual(2);
  await page.keyboard.press("ArrowRight");
  await expect(drawer).toContainText("big-run-thought-17501");
  await page.keyboard.press("Escape");
  const row = page.locator('[data-event="big-run-thought-17501"]');
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  expect(await page.locator("[data-event]").count()).toBeLessThanOrEqual(200);
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('[data-event="big-run-thought-17502"]')).toBeFocused();
  await expect(page.getByText("Very many events")).toBeVisible();
});

test("an event that is not the journey's is not claimed to be", async ({ page }) => {
  await page.goto(`/journeys/big-run?environment=${ENVIRONMENT}#event=evi-1-routed`);
  await expect(page.getByRole("dialog")).toContainText("is none of this journey's");
});

test("a link to a step leads there", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await page.goto(`/journeys/evi-2?environment=${ENVIRONMENT}#step=agent_completed`);
  const step = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Agent completed" }) });
  await expect(step).toBeFocused();
  await expect(step).toBeInViewport();
  await page.getByRole("link", { name: "Routed", exact: true }).click();
  await expect(page).toHaveURL(/#step=routed/);
});

test("a journey without owner, with a long id, in another environment, or without its events says so", async ({
  page,
}) => {
  await page.goto(`/journeys/claimed-run?environment=${ENVIRONMENT}`);
  await expect(page.getByText("unknown (claimed: somebody)")).toBeVisible();
  await expect(page.getByRole("navigation", { name: /Journeys of/ })).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/journeys/${LONG}?environment=${ENVIRONMENT}`);
  await expect(page.getByText("Telemetry events")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);

  await page.goto("/journeys/evi-1?environment=default");
  await expect(page.getByText("No journey evi-1")).toBeVisible();
  await page.getByRole("link", { name: `${ENVIRONMENT} has one of this id` }).click();
  await expect(page.getByRole("heading", { name: "evi-1", level: 1 })).toBeVisible();

  await page.routeWebSocket(/socket\.io/, () => undefined);
  await page.route("**/api/v1/journeys/evi-1?*", async (route) => {
    const response = await route.fetch();
    const journey = await response.json();
    const events = { ...journey.events, items: [] };
    const steps = journey.steps.map((step: object) => ({ ...step, proof: null }));
    await route.fulfill({ response, json: { ...journey, frozen: true, events, steps } });
  });
  await page.goto(`/journeys/evi-1?environment=${ENVIRONMENT}`);
  await expect(page.getByText("this verdict no longer changes")).toBeVisible();
  await expect(page.getByText("The events are no longer kept")).toBeVisible();
});
