import { expect, test } from "./support/app";

test("an environment without telemetry says how to connect a source, and claims nothing", async ({ page }) => {
  await page.goto("/?environment=nothing-here");
  await expect(page.getByRole("heading", { name: "Nothing is watched in this environment yet" })).toBeVisible();
  await expect(page.getByText("createEmitter(")).toBeVisible();
  await expect(page.getByText("100 %")).toHaveCount(0);
  await page.goto("/journeys?environment=nothing-here");
  await expect(page.getByText("No journey was observed in this environment yet")).toBeVisible();
});

test("a failing answer shows its code and can be tried again", async ({ page }) => {
  await page.route("**/api/v1/overview*", (route) =>
    route.fulfill({
      status: 503,
      json: { error: { code: "unavailable", message: "The database cannot be reached." } },
    }),
  );
  await page.routeWebSocket(/socket\.io/, () => undefined);
  await page.goto("/");
  const problem = page.getByRole("alert").filter({ hasText: "unavailable" });
  await expect(problem).toBeVisible();
  await page.unroute("**/api/v1/overview*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(problem).toHaveCount(0);
});

test("a journey that nobody observed is told apart from a broken page", async ({ page }) => {
  await page.goto("/journeys/no-such-run");
  await expect(page.getByText("No journey no-such-run")).toBeVisible();
});

test("the range of the overview is in the URL in absolute times", async ({ app, page }) => {
  await app.play("healthy", "range-");
  await page.goto("/");
  await page.getByRole("button", { name: "6 h", exact: true }).click();
  await expect(page).toHaveURL(/last=6h/);
  await page.getByRole("button", { name: "Times", exact: true }).click();
  await page.getByLabel("From").fill("2026-01-01T00:00:01");
  await page.getByLabel("To", { exact: true }).fill("2026-01-01T01:00:01");
  await page.getByRole("button", { name: "Show these times" }).click();
  await expect(page).toHaveURL(/from=2026-01-01T/);
  await expect(page.getByText("No journey finished in this time").first()).toBeVisible();
});

test("the theme can be chosen", async ({ page }) => {
  await page.goto("/journeys");
  await page.getByRole("button", { name: "Theme and account" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
});
