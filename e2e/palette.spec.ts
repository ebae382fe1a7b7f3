import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/app";

const palette = (page: Page) => page.getByRole("dialog", { name: "Find anything" });

/** The keys are heard once the page has come to life. */
async function openPalette(page: Page) {
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
}

async function openAndType(page: Page, text: string) {
  await openPalette(page);
  await page.keyboard.type(text);
}

test.beforeAll(async ({ app }) => {
  await app.play("completed-never-sent", "find-");
  await app.play("leak-wrong-connection", "find-leak-");
});

test("a run is found by the beginning of its id and opened by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await openAndType(page, "find-run");
  const first = palette(page).getByRole("option").first();
  await expect(first).toContainText("find-run4");
  await expect(first).toContainText("failed");
  await expect(first).toContainText("find-alice");
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "find-run4", level: 1 })).toBeVisible();
  await expect(palette(page)).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("group", { name: "Recent" }).getByRole("option")).toContainText(["find-run4"]);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
});

test("an id that is pasted and entered at once opens what it names", async ({ page }) => {
  await page.goto("/");
  await openPalette(page);
  await page.keyboard.insertText("find-run4");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "find-run4", level: 1 })).toBeVisible();
});

test("messages, connections, threads, users and incidents are found, each kind apart", async ({ page }) => {
  await page.goto("/");
  await openAndType(page, "find-");
  for (const kind of ["Users", "Runs", "Messages", "Connections"]) {
    await expect(palette(page).getByRole("group", { name: kind }).getByRole("option").first()).toBeVisible();
  }
  const incidents = await page.request.get("/api/v1/incidents");
  const [incident] = ((await incidents.json()) as { items: { id: string }[] }).items;
  await page.keyboard.press("Control+a");
  await page.keyboard.type(incident?.id ?? "");
  await expect(palette(page).getByRole("group", { name: "Incidents" })).toContainText("Wrong recipient");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Wrong recipient", level: 1 })).toBeVisible();
  await expect(page.getByRole("table", { name: "Reached" })).toContainText("find-leak-");
});

test("pages are gone to and the theme is changed by their names", async ({ page }) => {
  await page.goto("/");
  await openAndType(page, "sources");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sources", level: 1 })).toBeVisible();
  await openAndType(page, "dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("the arrows walk over what was found, and what is typed next starts from the top", async ({ page }) => {
  await page.goto("/");
  await openAndType(page, "find-");
  const options = palette(page).getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.type("run");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
});

test("nothing found is said, and so is a search that fails", async ({ page }) => {
  await page.goto("/");
  await openAndType(page, "no-such-thing");
  await expect(palette(page).getByRole("status")).toContainText("Nothing is called or begins with “no-such-thing”.");
  await page.route("**/api/v1/search*", (route) =>
    route.fulfill({
      status: 503,
      json: { error: { code: "unavailable", message: "The database cannot be reached." } },
    }),
  );
  await page.keyboard.type("-at-all");
  await expect(palette(page).getByRole("status")).toContainText("The database cannot be reached.");
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the open palette has no known barrier in ${colorScheme}, on a phone neither`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    await page.getByRole("button", { name: "Find anything" }).click();
    for (const typed of ["", "find-", "no-such-thing"]) {
      await palette(page).getByRole("combobox").fill(typed);
      if (typed === "find-") await expect(palette(page).getByRole("group", { name: "Runs" })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((violation) => `${typed}: ${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    }
  });
}
