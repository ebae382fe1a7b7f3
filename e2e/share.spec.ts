import { expect, test } from "./support/app";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a copied link shows the window as absolute times, in this environment", async ({ app, page }) => {
  await app.play("healthy", "share-");
  await page.goto("/?last=6h");
  await expect(page.getByRole("heading", { name: "Golden path reliability" })).toBeVisible();
  const beforeMs = Date.now();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  const at = (name: string) => Date.parse(link.searchParams.get(name) ?? "");
  expect(at("to")).toBeGreaterThanOrEqual(beforeMs - 1_000);
  expect(at("to") - at("from")).toBe(6 * 3_600_000);
  expect(link.searchParams.get("environment")).toBe("default");
  expect(link.searchParams.has("last")).toBe(false);

  await page.goto(link.toString());
  await expect(page.getByRole("button", { name: /–/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Golden path reliability" })).toBeVisible();
});

test("the period before lies behind the charts until it is taken away, and the link keeps that", async ({
  app,
  page,
}) => {
  await app.play("healthy", "before-");
  await page.goto("/");
  const toggle = page.getByRole("button", { name: "Period before" });
  const columns = page.getByRole("table", { name: "Journeys finished" }).getByRole("columnheader");
  await expect(columns).toHaveText(["From", "Succeeded or degraded", "Failed", "Period before"]);
  await toggle.click();
  await expect(page).toHaveURL(/previous=off/);
  await expect(columns).toHaveText(["From", "Succeeded or degraded", "Failed"]);
  await page.reload();
  await expect(toggle).toHaveAttribute("aria-pressed", "false");
  await expect(columns).toHaveCount(3);
});

test("journeys are narrowed to absolute times, pasted as a ticket has them", async ({ app, page }) => {
  await app.play("healthy", "paste-");
  await page.goto("/journeys?q=paste-");
  await expect(page.getByRole("link", { name: /paste-/ })).toHaveCount(1);
  await page.getByRole("button", { name: "Times" }).click();
  for (const [label, text] of [
    ["From", "2026-01-01T00:00:00Z"],
    ["To", "2026-01-01 01:00:00 UTC"],
  ] as const) {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await page.getByLabel(label, { exact: true }).focus();
    await page.keyboard.press("Control+v");
  }
  await page.getByRole("button", { name: "Show these times" }).click();
  await expect(page).toHaveURL(/from=2026-01-01T00:00:00.000Z&to=2026-01-01T01:00:00.000Z/);
  await expect(page.getByText("No journey matches")).toBeVisible();
  await page.getByRole("button", { name: "Show journeys of any time" }).click();
  await expect(page.getByRole("link", { name: /paste-/ })).toHaveCount(1);
});

test("a time that cannot be read is refused in words, and breaks nothing", async ({ page }) => {
  await page.goto("/journeys?from=yesterday");
  await expect(page.getByRole("alert").filter({ hasText: "from" })).toBeVisible();
});
