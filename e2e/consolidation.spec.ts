import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { get } from "./support/api";
import { expect, type RunningApp, test } from "./support/app";

const DAY_MS = 86_400_000;
/** Implementations at each commit of a repository's past. */
const HISTORY = [3, 5, 6, 10, 8, 1];
/** Nobody imports it any more, and no message was given to it for longer than a router may be silent. */
const OLD = {
  ...{ name: "QualityMessageRouter", file: "app/quality/router.py", line: 21, role: "dormant" },
  reasons: [{ file: "app/quality/router.py", line: 21, text: "full body, but nothing imports it" }],
};
const role = (n: number) => (n === 0 ? "canonical" : "duplicate");

function scan(implementations: number, n: number) {
  const symbols = Array.from({ length: implementations }, (_, at) => ({
    ...{ name: at === 0 ? "MessageRouter" : `Router${at}`, file: `app/router_${at}.py`, line: 10 + at, role: role(at) },
    reasons: [{ file: `app/router_${at}.py`, line: 10 + at, text: `handles messages in route_message, number ${at}` }],
  }));
  const legacy = Array.from({ length: implementations - 1 }, (_, at) => ({
    ...{ file: `app/caller_${at}.py`, imports: [{ line: 3, module: "app.legacy", name: `Router${at + 1}` }] },
  }));
  const concept = {
    ...{ id: "message_router", count: implementations, target: 1, symbols: [...symbols, OLD] },
    ...{ drift: [], handlerConflicts: [] },
    compliance: { canonical: 1, total: 1 + legacy.length, ratio: 1 / (1 + legacy.length) },
    ...{ importers: { canonical: [], legacy }, missingModules: [] },
  };
  const notAnalysed = n === 0 ? [{ file: "app/broken.py", reason: "line 7 does not parse" }] : [];
  return {
    configHash: "c".repeat(64),
    committedAt: new Date(Date.now() - (HISTORY.length - n) * DAY_MS).toISOString(),
    paths: ["app/router_0.py", "app/quality/router.py", "README.md"],
    report: { commit: `${n}`.repeat(40), files: 40, unparsed: 9, notAnalysed, concepts: [concept] },
  };
}

async function send(app: RunningApp, body: unknown): Promise<void> {
  const response = await fetch(`${app.url}/api/v1/scans`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.text()).toBe(true);
}

async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`/consolidation?environment=default${query}`);
  await expect(page.getByRole("heading", { name: "Consolidation", level: 1 })).toBeVisible();
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
}

test.describe.configure({ mode: "serial" });

test("without a scan the page says how to make one", async ({ page }) => {
  await open(page);
  await expect(page.getByText("No scan has been sent yet")).toBeVisible();
  await expect(page.getByText(/signalbox scan/).first()).toBeVisible();
});

test("the past of a repository is drawn, and each commit says what came and what went", async ({ app, page }) => {
  for (const [n, implementations] of HISTORY.entries()) await send(app, scan(implementations, n));
  await open(page);
  await expect(page.getByRole("button", { name: /message_router/ })).toContainText("1 implementation");
  await page.getByRole("button", { name: "Implementations over the commits as a table" }).click();
  const drawn = page.getByRole("table", { name: "Implementations over the commits" }).getByRole("cell");
  await expect(drawn).toHaveText(HISTORY.map(String));
  await page.getByRole("button", { name: "Compliance over the commits as a table" }).click();
  const compliance = page.getByRole("table", { name: "Compliance over the commits" });
  await expect(compliance.getByRole("cell")).toHaveText(HISTORY.flatMap((count) => [String(count), "1"]));
  await expect(page.getByRole("region", { name: "Files not analysed over the commits" })).toBeVisible();
  await expect(page.getByText("9 read but not parsed")).toBeVisible();

  const changes = page.getByRole("region", { name: "What came and what went" });
  await expect(changes).toContainText("8 → 1 implementations");
  await changes.getByRole("button", { name: /3333333333/ }).click();
  await expect(changes).toContainText("6 → 10 implementations");
  await expect(changes).toContainText("Router9, duplicate");
  await expect(page).toHaveURL(/scan=/);
});

test("every role is told with file, line and reason", async ({ page }) => {
  await open(page);
  const found = page.getByRole("list", { name: "Symbols" });
  await found.getByText("MessageRouter", { exact: true }).click();
  await expect(found).toContainText("handles messages in route_message, number 0");
  await expect(found).toContainText("app/router_0.py:10");

  const changes = page.getByRole("region", { name: "What came and what went" });
  await changes.getByRole("button", { name: /0000000000/ }).click();
  await page.getByRole("button", { name: /^Old imports/ }).click();
  await expect(page).toHaveURL(/part=legacy_importers/);
  await expect(page.getByRole("list", { name: "Old imports" })).toContainText("app/caller_1.py");
  await expect(page.getByRole("list", { name: "Files not analysed" })).toContainText("line 7 does not parse");
  await page.reload();
  await expect(page.getByRole("list", { name: "Old imports" })).toContainText("app/caller_1.py");
});

test("routers of the traffic are held against those of the code", async ({ app, page }) => {
  await app.play("completed-never-sent", "code-", "in-code");
  const live = async () => {
    const path = "/api/v1/consolidation/routers?environment=in-code";
    const { routers } = await get<{ routers: { items: { router: string; state: string }[] } }>(app, path);
    return routers.items.filter(({ state }) => state === "live").map(({ router }) => router);
  };
  await expect.poll(live).toContain("MessageRouter");
  await page.goto("/routers?environment=in-code");
  const table = page.getByRole("table", { name: "Routers in code and traffic" });
  const router = table.getByRole("row", { name: /MessageRouter/ }).first();
  await expect(router).toContainText("live");
  const messages = router.getByRole("cell").nth(3);
  const before = Number(await messages.textContent());
  await app.play("completed-never-sent", "code-again-", "in-code");
  await expect.poll(async () => Number(await messages.textContent()), { timeout: 15_000 }).toBeGreaterThan(before);
});

test("a router that nobody imports and no message reached for days may go, with what that is known by", async ({
  app,
  page,
}) => {
  await app.play("router-conflict", "silent-", "silent", Date.now() - 9 * DAY_MS);
  await page.goto("/routers?environment=silent");
  const table = page.getByRole("table", { name: "Routers in code and traffic" });
  const old = table.getByRole("row", { name: /QualityMessageRouter/ });
  await expect(old).toContainText("safe to delete");
  await expect(old).toContainText(/dormant, imported by no file, no message for \d+ days/i);
  await expect(old).toContainText(/\d+ messages? before that/);
  await expect(table.getByRole("row", { name: /canonical/i }).first()).toContainText("no: the canonical one");
});

test("a campaign is made, says by itself what holds and what does not, and leads to the evidence", async ({
  app,
  page,
}) => {
  await open(page);
  await page.getByRole("button", { name: "New campaign" }).click();
  const dialog = page.getByRole("dialog");
  const hold = dialog.getByRole("textbox", { name: "Time that everything must hold" });
  await hold.fill("many");
  await dialog.getByRole("button", { name: "Make the campaign" }).click();
  await expect(dialog).toContainText("write a number with m, h, d or w");
  await hold.fill("3d");
  await dialog.getByRole("textbox", { name: "File that must be gone" }).fill("app/legacy_handler.py");
  await dialog.getByRole("textbox", { name: "Test suite that must pass" }).fill("golden path");
  await dialog.getByRole("button", { name: "Make the campaign" }).click();
  await page.getByRole("link", { name: /One message router/ }).click();

  await expect(page).toHaveURL(/\/consolidation\/one-message-router/);
  const row = (name: RegExp) => page.getByRole("table", { name: "Criteria" }).getByRole("row", { name });
  await expect(row(/Implementations of message_router/)).toContainText("met");
  await expect(row(/Implementations of message_router/)).toContainText("≤ 1");
  await expect(row(/Test suite golden path/)).toContainText("no data");
  await expect(page.getByText("count over the last 1 day, by whole hours")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "criteria met" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const passing = await fetch(`${app.url}/api/v1/test-runs?environment=default&suite=golden%20path&connections=real`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.key}`, "content-type": "application/xml" },
    body: '<testsuite name="x"><testcase name="reaches its user"/></testsuite>',
  });
  expect(passing.status).toBe(201);
  await expect(row(/Test suite golden path/)).toContainText("met", { timeout: 20_000 });
  await row(/Files with old imports/)
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/part=legacy_importers/);
  await page.goBack();
  await row(/legacy_handler.py is gone/)
    .getByRole("link")
    .click();
  const file = page.getByRole("region", { name: "app/legacy_handler.py" });
  await expect(file).toContainText("Gone: it is none of the 3 files of this checkout");
  await expect(file.getByRole("list", { name: "Files beside it" })).toContainText("app/router_0.py");
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the page has no known barrier in ${colorScheme}, and fits a phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page);
    await expect(page.getByRole("list", { name: "Symbols" })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
