import { expect, test } from "./support/app";

test("filters live in the URL and survive a reload", async ({ app, page }) => {
  await app.play("healthy", "ok-");
  await app.play("not-routed", "unrouted-");
  await page.goto("/journeys");
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await page.getByLabel("Finding").selectOption("not_routed");
  await expect(page).toHaveURL(/finding=not_routed/);
  await expect(page.getByRole("link", { name: /unrouted-/ }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: /ok-run/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("link", { name: /unrouted-/ }).first()).toBeVisible();
  await page.getByLabel("Run or message id, or its beginning").fill("nothing-like-this");
  await expect(page.getByText("No journey matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page.getByRole("link", { name: /ok-/ }).first()).toBeVisible();
});

test("rows are walked and opened by keyboard", async ({ app, page }) => {
  await app.play("healthy", "key-a-");
  await app.play("healthy", "key-b-");
  await page.goto("/journeys?q=key-");
  const rows = page.getByRole("region", { name: "Journeys" }).getByRole("link");
  await expect(rows).toHaveCount(2);
  await rows.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("key-");
});

test("a row that is clicked while a filter is being typed is opened, and stays open", async ({ app, page }) => {
  await app.play("healthy", "typing-");
  await page.goto("/journeys?q=typing-");
  const rows = page.getByRole("region", { name: "Journeys" }).getByRole("link");
  await expect(rows).toHaveCount(1);
  await page.waitForLoadState("networkidle");
  await page.getByRole("textbox", { name: "Router" }).fill("Mess");
  await rows.first().click();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("typing-");
  await page.goBack();
  await expect(rows).toHaveCount(1);
  expect(new URL(page.url()).searchParams.get("router")).toBeNull();
});

test("paused, the page holds still and counts what waits; resumed, it shows it", async ({ app, page }) => {
  await app.play("healthy", "pause-a-");
  await page.goto("/journeys?q=pause-");
  const rows = page.getByRole("region", { name: "Journeys" }).getByRole("link");
  await expect(rows).toHaveCount(1);
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Pause" }).click();
  const judged = page.getByText(/judged up to/).first();
  const before = await judged.textContent();
  await app.play("healthy", "pause-b-");
  const resume = page.getByRole("button", { name: /Resume, [1-9]\d* updates? waits?/ });
  await expect(resume).toBeVisible();
  await expect(judged).not.toHaveText(before ?? "");
  await expect(rows).toHaveCount(1);
  await resume.click();
  await page.mouse.move(0, 0);
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("new journeys wait while the list is pointed at, and come in when it is left", async ({ app, page }) => {
  await app.play("healthy", "read-a-");
  await page.goto("/journeys?q=read-");
  const rows = page.getByRole("region", { name: "Journeys" }).getByRole("link");
  await expect(rows).toHaveCount(1);
  await page.waitForLoadState("networkidle");
  await rows.first().hover();
  await app.play("healthy", "read-b-");
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(rows).toHaveCount(1);
  await page.mouse.move(0, 0);
  await expect(rows).toHaveCount(2);
});
