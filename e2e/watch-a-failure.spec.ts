import { expect, signIn, test } from "./support/app";

test("a person signs in by a link that works once", async ({ app, browser }) => {
  const link = await app.invite("Kim");
  const page = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  await page.goto(`${app.url}/journeys?status=failed`);
  await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible();
  await signIn(page, link);
  await expect(page.getByRole("heading", { name: "Journeys", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/status=failed/);
  await expect(page.getByText("Kim")).toBeVisible();

  const other = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
});

test("a failure appears live, shows its broken hop, and the link shows a colleague the same", async ({
  app,
  page,
  browser,
  session,
}) => {
  await app.play("healthy", "calm-");
  await page.goto("/journeys");
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await expect(page.getByRole("link", { name: /calm-/ })).toBeVisible();
  await page.waitForLoadState("networkidle");

  let blocked = 0;
  await page.route("**/api/**", (route) => {
    blocked += 1;
    return route.abort();
  });
  const played = await app.play("completed-never-sent", "lost-");
  const run = Object.keys(played.expect.journeys)[0] ?? "";
  const row = page.getByRole("link", { name: run });
  await expect(row).toContainText("failed");
  await expect(row).toContainText("Event lost at agent completed");
  expect(blocked).toBe(0);
  await page.unroute("**/api/**");

  await row.click();
  await expect(page.getByRole("heading", { name: run, level: 1 })).toBeVisible();
  const step = page.locator('[aria-current="step"]');
  await expect(step).toContainText("Agent completed");
  await expect(step).toContainText("Got as far as emitted");
  await expect(page.getByRole("button", { name: /agent_completed never reached a connection, missing/ })).toBeVisible();

  await page.getByRole("link", { name: "emitted agent_completed" }).first().click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("supervisor");
  const link = page.url();
  expect(link).toContain("environment=default");
  expect(link).toContain("#event=");

  const colleague = await browser.newPage({ storageState: session });
  await colleague.goto(link);
  await expect(colleague.getByRole("dialog")).toContainText("supervisor");
  await colleague.keyboard.press("Escape");
  await expect(colleague.locator('[aria-current="step"]')).toContainText("Agent completed");

  await page.reload();
  await expect(page.getByRole("dialog")).toContainText("supervisor");
});

test("an open journey follows its verdict without being fetched again", async ({ app, page }) => {
  const events = (await app.play("still-running", "slow-")).events;
  const run = String(events.find((event) => event.runId)?.runId);
  await page.goto(`/journeys/${run}`);
  await expect(page.getByRole("status").filter({ hasText: "running" })).toBeVisible();
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.route("**/api/**", (route) => route.abort());
  const time = new Date().toISOString();
  const failure = { id: `${run}-error`, time, environment: "default", runId: run, stage: "emitted", outcome: "error" };
  const sent = await page.request.post(`${app.url}/api/v1/telemetry`, {
    headers: { authorization: `Bearer ${app.key}` },
    data: [{ ...failure, type: "agent_completed", agentName: "supervisor", errorCode: "handler_exception" }],
  });
  expect(sent.ok()).toBe(true);
  await expect(page.getByRole("status").filter({ hasText: "failed" })).toBeVisible();
  await expect(page.getByRole("region", { name: /Findings/ })).toContainText("Handler failed");
});

test("a leak stands on the overview and names whom it reached", async ({ app, page }) => {
  await app.play("leak-wrong-connection", "leak-");
  await page.goto("/");
  await page.getByRole("link", { name: /open leak/ }).click();
  await expect(page.getByRole("heading", { name: "Incidents", level: 1 })).toBeVisible();
  const table = page.getByRole("table", { name: "Leaks" });
  await expect(table).toContainText("Wrong recipient");
  await expect(table).toContainText("leak-bob");
});
