import { expect, test } from "./support/app";

test("filters live in the URL and survive a reload", async ({ app, page }) => {
  await app.play("healthy", "ok-");
  await app.play("not-routed", "unrouted-");
  await page.goto("/journeys");
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

test("paused, new journeys wait and are counted; one press lets them in", async ({ app, page }) => {
  await app.play("healthy", "pause-a-");
  await page.goto("/journeys?q=pause-");
  const rows = page.getByRole("region", { name: "Journeys" }).getByRole("link");
  await expect(rows).toHaveCount(1);
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Pause" }).click();
  await app.play("healthy", "pause-b-");
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: "1 new" }).click();
  await expect(rows).toHaveCount(2);
});
