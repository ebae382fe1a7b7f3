import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { JourneyList, RouterDetail, RouterList } from "@/contracts/http";
import { get, post, untilJudged } from "./support/api";
import { expect, test } from "./support/app";
import { FAILING, HEALTHY, OPEN_MINUTES_AGO, routersStory } from "./support/routers-story";

const environment = "routers";
const endMs = Date.now() - 60_000;
const iso = (minutesAgo: number) => new Date(endMs - minutesAgo * 60_000).toISOString();
const range = `from=${iso(61)}&to=${iso(-0.5)}`;
const rowsOf = (page: Page, name: string) =>
  page.getByRole("table", { name, exact: true }).locator("tbody").getByRole("row");

test.beforeAll(async ({ app }) => {
  await post(app, routersStory({ environment, endMs }));
  await untilJudged(app, environment);
});

test.describe("the router that fails", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("is found, with its errors by code, the breaker that was open meanwhile, and the link for a colleague", async ({
    app,
    page,
    browser,
    session,
  }) => {
    await page.goto(`/?environment=${environment}&tz=utc`);
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Routers" }).click();
    await expect(page.getByRole("heading", { name: "Routers", level: 1 })).toBeVisible();
    const rows = rowsOf(page, "Implementations");
    await expect(rows.first()).toContainText(HEALTHY);
    await page.getByRole("button", { name: "Errors", exact: true }).click();
    await expect(page).toHaveURL(/sort=errors/);
    await expect(rows.first()).toContainText(FAILING);
    const { items } = await get<RouterList>(app, `/api/v1/routers?environment=${environment}`);
    const failing = items.find(({ router }) => router === FAILING);
    expect(failing?.errorCodes.items.map(({ code }) => code).sort()).toEqual(["circuit_open", "timeout"]);
    for (const { code, count } of failing?.errorCodes.items ?? [])
      await expect(rows.first()).toContainText(`${code} ${count}`);
    await expect(rows.first()).toContainText("1.4.0");
    await expect(rows.first()).toContainText("1.5.0");

    await rows.first().getByRole("link", { name: FAILING, exact: true }).click();
    await expect(page.getByRole("heading", { name: FAILING, level: 1 })).toBeVisible();
    await page.getByRole("button", { name: "Component states as a table" }).click();
    const open = rowsOf(page, "Component states").filter({ has: page.getByText("open", { exact: true }) });
    const openTimes = [OPEN_MINUTES_AGO.from, OPEN_MINUTES_AGO.to].map((ago) => iso(ago));
    await expect(open.locator("time")).toHaveCount(2);
    for (const [n, at] of openTimes.entries())
      await expect(open.locator("time").nth(n)).toHaveAttribute("datetime", at);
    await expect(open).toContainText("10 min 00 s");

    await page.getByRole("button", { name: "Copy link" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const colleague = await browser.newPage({ storageState: session });
    await colleague.goto(link);
    await expect(colleague.getByRole("heading", { name: FAILING, level: 1 })).toBeVisible();
    const codes = rowsOf(colleague, "Errors by code, in figures");
    await expect(codes).toHaveCount(2);
    await expect(codes.first()).toContainText("timeout");

    await colleague.getByRole("link", { name: "Its failed journeys" }).click();
    await expect(colleague).toHaveURL(new RegExp(`router=${FAILING}&status=failed&from=.*&to=`));
    const { searchParams } = new URL(colleague.url());
    searchParams.delete("tz");
    const failed = await get<JourneyList>(app, `/api/v1/journeys?${searchParams}`);
    expect(failed.items.length).toBeGreaterThanOrEqual(failing?.errors ?? 0);
    const journeys = colleague.getByRole("region", { name: "Journeys" }).getByRole("link");
    await expect(journeys).toHaveCount(failed.items.length);
    await journeys.first().click();
    await colleague.getByRole("region", { name: "Verdict" }).getByRole("link", { name: FAILING }).click();
    await expect(colleague.getByRole("heading", { name: FAILING, level: 1 })).toBeVisible();
    await expect(colleague).toHaveURL(/from=.*to=/);
  });
});

test("the type that several take stands first, and what is no request stands apart", async ({ page }) => {
  await page.goto(`/routers?environment=${environment}&${range}`);
  const types = rowsOf(page, "Routing consistency");
  await expect(types.first()).toContainText("user_message");
  await expect(types.first()).toContainText("inconsistent: 3 routers, 2 handlers");
  const others = rowsOf(page, "Messages that are no requests");
  await expect(others).toHaveCount(3);
  await expect(others.filter({ hasText: "get_history" })).toContainText("handler_not_found 1");
  await page.getByPlaceholder("Router, handler or type").fill("quality");
  await expect(page).toHaveURL(/q=quality/);
  await expect(rowsOf(page, "Implementations")).toHaveCount(1);
  await expect(types).toHaveCount(3);
  await page.reload();
  await expect(rowsOf(page, "Implementations")).toHaveCount(1);
});

test("every drawing has its table, and dragging over the bands chooses a time", async ({ page }) => {
  await page.goto(`/routers?environment=${environment}&${range}`);
  for (const name of ["Messages by router", "Failed or dropped by router"])
    await expect(page.getByRole("table", { name }).getByRole("row").nth(1)).toBeAttached();
  await expect(rowsOf(page, "Component states").first()).toBeAttached();
  const drawing = page.getByRole("region", { name: "Component states" }).locator(".cursor-crosshair");
  const box = await drawing.boundingBox();
  if (!box) throw new Error("nothing is drawn");
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + 40, { steps: 5 });
  await page.mouse.up();
  await expect(page).not.toHaveURL(new RegExp(range));
  await expect(page).toHaveURL(/from=2.*to=2/);
});

test("where a source could not be heard, the bands say so", async ({ page }) => {
  await page.route("**/api/v1/routers?*", async (route) => {
    const answer = (await (await route.fetch()).json()) as RouterList;
    await route.fulfill({ json: { ...answer, unheard: [{ from: iso(33), to: iso(28) }] } });
  });
  await page.goto(`/routers?environment=${environment}&${range}`);
  const states = page.getByRole("region", { name: "Component states" });
  await expect(states.getByText("A source could not be heard")).toBeVisible();
  await expect(states.getByTitle(/reports of this time may be missing/)).toBeVisible();
});

test("what happens now shows by itself", async ({ app, page }) => {
  const now = "routers-now";
  const router = "pkg/new:100%Router@home";
  const routed = (n: number, fields = {}) => ({
    ...{ id: `${now}-${n}`, environment: now, time: new Date().toISOString(), stage: "routed", type: "typing" },
    ...{ messageId: `${now}-m${n}`, userId: "ann", router, ...fields },
  });
  await page.goto(`/routers?environment=${now}`);
  await expect(page.getByText("No router was ever seen in this environment")).toBeVisible();
  await post(app, [routed(1)]);
  const rows = rowsOf(page, "Implementations");
  await expect(rows).toContainText([router]);
  await rows.getByRole("link", { name: router, exact: true }).click();
  await expect(page.getByText("No message of this router failed in this time")).toBeVisible();
  await post(app, [routed(2, { outcome: "error", errorCode: "queue_full" })]);
  await expect(rowsOf(page, "Errors by code, in figures")).toContainText(["queue_full"]);
});

test("a router that nobody ever saw is told apart from a failing answer, which can be tried again", async ({
  page,
}) => {
  await page.goto(`/routers/Nobody?environment=${environment}`);
  await expect(page.getByText("No router Nobody was ever seen")).toBeVisible();
  await page.route("**/api/v1/routers?*", (route) =>
    route.fulfill({ status: 503, json: { error: { code: "unavailable", message: "The database is away." } } }),
  );
  await page.routeWebSocket(/socket\.io/, () => undefined);
  await page.goto(`/routers?environment=${environment}`);
  await expect(page.getByRole("alert").filter({ hasText: "unavailable" })).toBeVisible();
  await page.unroute("**/api/v1/routers?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rowsOf(page, "Implementations").first()).toBeVisible();
});

test.describe("two hundred routers and six hundred who take what", () => {
  const full = "routers-full";
  const atMs = Date.now() - 120_000;
  test.beforeAll(async ({ app }) => {
    const events = Array.from({ length: 600 }, (_, n) => ({
      id: `${full}-${n}`,
      environment: full,
      time: new Date(atMs).toISOString(),
      stage: "routed",
      type: `type_${n % 100}`,
      messageId: `${full}-m${n}`,
      userId: "ann",
      router: `app.routing.part${n % 200}:MessageRouter`,
      handler: `handle_${n}`,
    }));
    const states = Array.from({ length: 30 }, (_, n) => ({
      id: `${full}-s${n}`,
      environment: full,
      time: new Date(atMs).toISOString(),
      stage: "state",
      service: "gateway",
      instance: `gw-${n}`,
      attributes: { component: "breaker", state: n === 29 ? "open" : "closed" },
    }));
    await post(app, [...events, ...states]);
    await untilJudged(app, full);
  });

  test("are walked page by page or found by name, few rows at a time", async ({ app, page }) => {
    const { items, types } = await get<RouterList>(app, `/api/v1/routers?environment=${full}`);
    expect([items.length, types.items.flatMap(({ takers }) => takers.items).length]).toEqual([200, 600]);
    await page.goto(`/routers?environment=${full}`);
    await expect(rowsOf(page, "Implementations")).toHaveCount(25);
    expect(await page.locator("tbody tr").count()).toBeLessThanOrEqual(400);
    await expect(page.getByText("195 other routers (5 of 200 drawn apart)").first()).toBeVisible();
    const pages = page.getByRole("navigation", { name: "Routers, pages" });
    await expect(pages).toContainText("1–25 of 200");
    await pages.getByRole("button", { name: "Routers, next page" }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(pages).toContainText("26–50 of 200");
    await page.getByRole("button", { name: "Message types, next page" }).click();
    await expect(page.getByRole("navigation", { name: "Message types, pages" })).toContainText("6–10 of 100");
    await expect(page.getByText("Show the other 18")).toBeVisible();
    await page.getByPlaceholder("Router, handler or type").fill("part199:");
    await expect(rowsOf(page, "Implementations")).toHaveCount(1);
  });

  for (const colorScheme of ["dark", "light"] as const) {
    test(`have no known barrier in ${colorScheme}, nor have the bands as a table`, async ({ page }) => {
      test.setTimeout(180_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(`/routers?environment=${full}`);
      await page.getByRole("button", { name: "Component states as a table" }).click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  }

  test("do not make a phone scroll sideways, as bands or as a table", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [`/routers?environment=${full}`, `/routers/${FAILING}?environment=${environment}&${range}`]) {
      await page.goto(path);
      const asTable = page.getByRole("button", { name: "Component states as a table" });
      await expect(asTable).toBeVisible();
      for (const turned of [false, true]) {
        if (turned) await asTable.click();
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(`${path} ${over}`).toBe(`${path} 0`);
      }
    }
  });
});

test("one router's answer and its page say the same", async ({ app, page }) => {
  const path = `${encodeURIComponent(HEALTHY)}?environment=${environment}&${range}`;
  const detail = await get<RouterDetail>(app, `/api/v1/routers/${path}`);
  await page.goto(`/routers/${path}`);
  const facts = page.getByRole("region", { name: "Router", exact: true });
  await expect(facts).toContainText(`Messages${detail.router.messages}`);
  const places = rowsOf(page, "Where it runs");
  await expect(places).toHaveCount(detail.sources.items.length);
  await expect(rowsOf(page, "What it takes")).toHaveCount(detail.types.items.length);
});
