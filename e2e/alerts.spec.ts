import { expect, test } from "./support/app";

test("a leak fires on the open page, leads to its evidence, and ends when it is resolved", async ({ app, page }) => {
  const environment = "alarmed";
  await app.play("healthy", "calm-", environment);
  await page.goto(`/alerts?environment=${environment}`);
  await expect(page.getByText("Nothing fires")).toBeVisible();
  await expect(page.getByText("The watchdog fires, as it should.")).toBeVisible();

  await app.play("leak-wrong-connection", "wet-", environment);
  const firing = page.getByRole("table", { name: "Firing now" });
  const leak = firing.getByRole("row", { name: /Wrong recipient by WebSocketEventRouter/ });
  await expect(leak).toContainText("critical");
  await expect(leak).toContainText("firing");
  await leak.getByRole("link", { name: /Open incident/ }).click();
  await expect(page.getByRole("heading", { name: "Wrong recipient", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("Acknowledged by owner")).toBeVisible();
  await page.getByRole("link", { name: "Alerts" }).click();
  await expect(leak).toContainText("acknowledged, not told again");
  await page.goBack();
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByText("Resolved by owner")).toBeVisible();
  await page.getByRole("link", { name: "Alerts" }).click();
  await expect(page.getByText("Nothing fires")).toBeVisible();
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("table", { name: "History" })).toContainText("Wrong recipient by WebSocketEventRouter");
});
