import { expect, test } from "./support/app";

const ENVIRONMENT = "tested";
const PASSED = '<testcase name="reaches its user"/>';
const FAILED = '<testcase classname="Routing" name="never reaches another"><failure message="of a user"/></testcase>';

test("a suite that passes before its fix is warned of, and is as expected once the fix has landed", async ({
  app,
  page,
}) => {
  await app.play("healthy", "tested-", ENVIRONMENT);
  const upload = async (cases: string, commit: string, time: string) => {
    const query = new URLSearchParams({ environment: ENVIRONMENT, suite: "isolation", commit, time });
    const response = await fetch(`${app.url}/api/v1/test-runs?${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.key}`, "content-type": "application/xml" },
      body: `<testsuite name="x">${cases}</testsuite>`,
    });
    expect(response.status).toBe(201);
  };
  await page.goto(`/consolidation/tests?environment=${ENVIRONMENT}`);
  await expect(page.getByText("No test run has been uploaded")).toBeVisible();

  await upload(FAILED + PASSED, "0123456789abcdef", "2026-11-19T10:00:00Z");
  await upload(PASSED, "fedcba9876543210", "2026-11-20T10:00:00Z");
  await page.reload();
  const suite = page.getByRole("table", { name: "Test suites" }).getByRole("row", { name: /isolation/ });
  await expect(suite).toContainText("as expected");
  await expect(suite).toContainText("1 passed");

  await suite.getByRole("button", { name: "Change isolation" }).click();
  const dialog = page.getByRole("dialog", { name: "What isolation does" });
  await dialog.getByRole("radio", { name: /that has not happened/ }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(suite).toContainText("passes too early");
  await expect(page.getByRole("note")).toContainText("Passing before the fix landed: isolation");

  await suite.getByRole("button", { name: "Change isolation" }).click();
  await dialog.getByRole("radio", { name: /passes since then/ }).check();
  await dialog.getByLabel("The fix landed").fill("2026-11-20T00:00");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(suite).toContainText("as expected");
  await expect(page.getByRole("note")).toHaveCount(0);
  await expect(page.getByText("Pass, as expected")).toBeVisible();

  await suite.getByRole("button", { name: "Runs of isolation" }).click();
  await expect(page).toHaveURL(/suite=isolation/);
  const runs = page.getByRole("table", { name: "Runs of isolation" }).getByRole("row");
  await expect(runs).toHaveCount(3);
  await expect(runs.nth(2)).toContainText("1 of 2 failed");
  await expect(runs.nth(2)).toContainText("Routing › never reaches another");
  await expect(runs.nth(2)).toContainText("0123456789");
});
