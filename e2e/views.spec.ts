import AxeBuilder from "@axe-core/playwright";
import { expect, signIn, test } from "./support/app";

test("a view is saved, seen by a colleague, renamed and deleted", async ({ app, page, browser }) => {
  await app.play("not-routed", "view-");
  await page.goto("/journeys?finding=not_routed&q=view-");
  await expect(page.getByRole("link", { name: /view-/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Saved views" }).click();
  const menu = page.getByRole("dialog", { name: "Saved views" });
  await expect(menu).toContainText("No view is saved yet");
  await menu.getByLabel("Name of what is shown now").fill("Not routed");
  await page.keyboard.press("Enter");
  await expect(menu.getByRole("link", { name: "Not routed" })).toContainText("Journeys: finding not_routed, q view-");
  await expect(menu.getByRole("status")).toContainText("Saved as “Not routed”.");

  await menu.getByLabel("Name of what is shown now").fill("Not routed");
  await page.keyboard.press("Enter");
  await expect(menu.getByRole("alert")).toContainText("Another view has this name.");

  const colleague = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  await signIn(colleague, await app.invite("Lee"));
  await colleague.goto(`${app.url}/?environment=default`);
  await expect(colleague.getByText(/judged up to/).first()).toBeVisible();
  await colleague.keyboard.press("Control+k");
  await colleague.keyboard.type("not routed");
  const found = colleague.getByRole("dialog", { name: "Find anything" }).getByRole("option").first();
  await expect(found).toContainText("Not routed");
  await colleague.keyboard.press("Enter");
  await expect(colleague).toHaveURL(/\/journeys\?environment=default&finding=not_routed&q=view-/);
  await expect(colleague.getByRole("link", { name: /view-/ }).first()).toBeVisible();

  await colleague.getByRole("button", { name: "Saved views" }).click();
  await colleague.getByRole("button", { name: "Rename Not routed" }).click();
  await colleague.keyboard.type("Nobody took it");
  await colleague.keyboard.press("Enter");
  await expect(colleague.getByRole("button", { name: "Rename Nobody took it" })).toBeFocused();

  await page.reload();
  await page.getByRole("button", { name: "Saved views" }).click();
  await menu.getByRole("button", { name: "Delete Nobody took it" }).click();
  await menu.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(menu).toContainText("No view is saved yet");
  await colleague.close();
});

test("a view opens in the environment that is looked at, and is saved from the palette", async ({ app, page }) => {
  await app.play("healthy", "two-", "staging");
  await page.goto("/?last=6h");
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("save what is shown");
  await page.keyboard.press("Enter");
  const menu = page.getByRole("dialog", { name: "Saved views" });
  await menu.getByLabel("Name of what is shown now").fill("Six hours");
  await page.keyboard.press("Enter");
  await expect(menu.getByRole("link", { name: "Six hours" })).toBeVisible();

  await page.goto("/journeys?environment=staging");
  await page.getByRole("button", { name: "Saved views" }).click();
  await menu.getByRole("link", { name: "Six hours" }).click();
  await expect(page).toHaveURL(/\/\?environment=staging&last=6h/);
  await expect(page.getByRole("button", { name: "6 h", exact: true })).toHaveAttribute("aria-pressed", "true");
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the open menus of the shell have no known barrier in ${colorScheme}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/");
    await expect(page.getByText(/judged up to/).first()).toBeVisible();
    for (const name of ["Saved views", /Time zone/, "Theme and account", "Times"]) {
      await page.getByRole("button", { name }).click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((violation) => `${name}: ${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
      await page.keyboard.press("Escape");
    }
  });
}
