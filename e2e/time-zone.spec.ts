import { expect, test } from "./support/app";

const AT = "2026-01-31T11:00:00.000Z";

test.use({ timezoneId: "America/New_York" });

test("times follow the chosen zone on every page, with UTC on hover, and the choice is kept", async ({ app, page }) => {
  await app.play("healthy", "zone-");
  await page.goto(`/journeys?q=zone-&from=${AT}`);
  const from = page.getByRole("search").locator("time").first();
  await expect(from).toHaveText("31 Jan 06:00:00");
  await expect(from).toHaveAttribute("title", "2026-01-31 11:00:00.000 UTC");

  await page.getByRole("button", { name: "Time zone: New York" }).click();
  await page.keyboard.type("kathmandu");
  await page.keyboard.press("Enter");
  await expect(from).toHaveText("31 Jan 16:45:00");
  await expect(from).toHaveAttribute("title", "2026-01-31 11:00:00.000 UTC");

  await page.reload();
  await expect(from).toHaveText("31 Jan 16:45:00");
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("button", { name: "Time zone: Kathmandu" })).toBeVisible();
});

test("a link that names a zone shows it, until another is chosen", async ({ page }) => {
  await page.goto(`/journeys?from=${AT}&tz=utc`);
  const from = page.getByRole("search").locator("time").first();
  await expect(from).toHaveText("31 Jan 11:00:00");
  await page.getByRole("button", { name: "Time zone: UTC" }).click();
  await page.getByRole("option", { name: /This browser's/ }).click();
  await expect(from).toHaveText("31 Jan 06:00:00");
  await expect(page).not.toHaveURL(/tz=/);
});
