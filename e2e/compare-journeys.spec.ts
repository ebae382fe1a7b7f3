import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { post, untilJudged } from "./support/api";
import { expect, test } from "./support/app";
import { conversation, type Turn } from "./support/conversation";

const ENVIRONMENT = "compare";
const HEALTHY: Turn[] = Array.from({ length: 30 }, (_, n) => ({ runId: `cmp-ok-${n}` }));
const FAILED: Turn[] = Array.from({ length: 25 }, (_, n) => ({
  runId: `cmp-bad-${n}`,
  router: "LegacyRouter",
  handler: "legacy.handle",
  failsIn: "legacy.handle",
}));

test.beforeAll(async ({ app }) => {
  const startMs = Date.now() - 300_000;
  for (const [user, turns] of [
    ["cmp-ada", HEALTHY],
    ["cmp-bob", FAILED],
    ["cmp-eve", [{ runId: "cmp-eve-ok" }, { runId: "cmp-eve-bad", failsIn: "chat.handle" }]],
  ] as const) {
    const answer = await post(app, conversation({ user, environment: ENVIRONMENT, startMs, turns: [...turns] }));
    expect(answer.rejected).toEqual([]);
  }
  await untilJudged(app, ENVIRONMENT);
});

async function expectAccessible(page: Page) {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

test("a failed journey is held against its user's last healthy one, step by step", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(`/journeys/cmp-eve-bad?environment=${ENVIRONMENT}`);
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("link", { name: /The last healthy one of cmp-eve/ }).click();
  await expect(page).toHaveURL(/cmp-eve-bad.*with=cmp-eve-ok/);
  await expect(page.getByText("The same up to agent thinking; they part at agent completed")).toBeVisible();
  const step = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /Agent completed/ }) });
  await expect(step).toContainText("failed");
  await expect(step).toContainText("done");
  await expect(page.getByRole("table", { name: "Findings of both" })).toContainText("Handler failed");
  await expectAccessible(page);

  await page.reload();
  await page.getByRole("link", { name: "Swap" }).click();
  await expect(page).toHaveURL(/cmp-eve-ok.*with=cmp-eve-bad/);
  await page.getByLabel("Run or message id to compare with").fill("cmp-nobody");
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByText("No journey cmp-nobody")).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/journeys/cmp-eve-bad?environment=${ENVIRONMENT}&with=cmp-bad-1`);
  await expect(page.getByText("they part at")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
});

test("two journeys are chosen from the list and compared", async ({ page }) => {
  await page.goto(`/journeys?environment=${ENVIRONMENT}&user=cmp-eve`);
  await page.getByRole("button", { name: "Compare two" }).click();
  await page.getByRole("checkbox", { name: "Compare cmp-eve-ok" }).check();
  await expect(page.getByText("Choose another one")).toBeVisible();
  await page.getByRole("checkbox", { name: "Compare cmp-eve-bad" }).check();
  await page.getByRole("link", { name: "Compare these two" }).click();
  await expect(page.getByRole("heading", { name: "Two journeys compared" })).toBeVisible();
  await expect(page.getByRole("region", { name: /Left: cmp-eve-ok/ })).toBeVisible();
  await expect(page.getByRole("region", { name: /Right: cmp-eve-bad/ })).toBeVisible();
});

test("from a group of failures one sees what they have that healthy journeys do not have", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(`/?environment=${ENVIRONMENT}`);
  const group = page.getByRole("table", { name: "Failures by cause" }).getByRole("row").nth(1);
  await group.getByRole("link", { name: "What differs in Handler failed" }).click();
  await expect(page).toHaveURL(/status=failed.*against=all/);
  const table = page.getByRole("table", { name: "What differs in the failed ones" });
  await expect(table.getByRole("row").filter({ hasText: "LegacyRouter" })).toContainText("25 of 26");
  await expect(table.getByRole("row").filter({ hasText: "legacy.handle" })).toContainText("0 of 31");
  await expect(page.getByText("26 failed journeys against 31 healthy ones")).toBeVisible();
  await expectAccessible(page);

  await table.getByRole("button", { name: "LegacyRouter" }).click();
  await expect(page).toHaveURL(/router=LegacyRouter/);
  await expect(page.getByText("router LegacyRouter")).toBeVisible();
  await page.getByLabel("Against").selectOption("alike");
  await expect(page.getByText("Too few to tell: 0 of 20 healthy journeys needed")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Too few to tell")).toBeVisible();
  await page.getByRole("button", { name: "Close what differs" }).click();
  await expect(page.getByText("Too few to tell")).toHaveCount(0);
});

test("of a few failures nothing is claimed", async ({ page }) => {
  await page.goto(`/journeys?environment=${ENVIRONMENT}&status=failed&user=cmp-eve`);
  await page.getByRole("button", { name: "What differs" }).click();
  await expect(page.getByText("Too few to tell: 1 of 20 failed journeys needed")).toBeVisible();
});
