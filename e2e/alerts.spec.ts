import type { RuleChangeBody } from "@/contracts/http";
import { post, untilJudged } from "./support/api";
import { expect, type RunningApp, test } from "./support/app";
import { instantiate, loadScenarios } from "./support/scenario";

const MINUTE_MS = 60_000;
const SCENARIOS = loadScenarios();

/** Plays a scenario so many times, as if it had begun a minute ago. */
async function burst(app: RunningApp, name: string, environment: string, times: number): Promise<void> {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  if (!scenario) throw new Error(`no scenario ${name}`);
  const nowMs = Date.now() + 14 * MINUTE_MS;
  const played = Array.from({ length: times }, (_, n) =>
    instantiate(scenario, { prefix: `${name}-${n}-`, environment, nowMs }),
  );
  await post(
    app,
    played.flatMap(({ events }) => events),
  );
  await untilJudged(app, environment);
}

async function setRule(app: RunningApp, environment: string, rule: string, change: Partial<RuleChangeBody>) {
  const defaults = { basedOn: 0, enabled: true, threshold: null, forMs: null, keepFiringMs: null, minSample: null };
  const response = await fetch(`${app.url}/api/v1/alert-rules/${rule}?environment=${environment}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
    body: JSON.stringify({ ...defaults, ...change }),
  });
  expect(response.status).toBe(200);
}

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
  await expect(page.getByRole("link", { name: /^Alerts\W+1 alert firing/ })).toBeVisible();
  await leak.getByRole("link", { name: /Open incident/ }).click();
  await expect(page.getByRole("heading", { name: "Wrong recipient", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("Acknowledged by owner")).toBeVisible();
  await page.getByRole("link", { name: "Alerts" }).click();
  await expect(leak).toContainText("acknowledged, not told again");
  await page.goBack();
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByText("Resolved by owner")).toBeVisible();
  await page.getByRole("link", { name: "Alerts", exact: true }).click();
  await expect(page.getByText("Nothing fires")).toBeVisible();
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("table", { name: "History" })).toContainText("Wrong recipient by WebSocketEventRouter");
});

test("an alert is silenced from its row, with a reason, and is told again when the silence ends", async ({
  app,
  page,
}) => {
  const environment = "quiet";
  await app.play("leak-wrong-connection", "hush-", environment);
  await page.goto(`/alerts?environment=${environment}`);
  const leak = page.getByRole("row", { name: /Wrong recipient by WebSocketEventRouter/ });
  await leak.getByRole("button", { name: /^Silence/ }).click();
  const form = page.getByRole("dialog", { name: "Silence alerts" });
  await expect(form.getByLabel("Value 1")).toHaveValue("OpenIncident");
  await form.getByRole("button", { name: "Silence" }).click();
  await expect(form.getByRole("alert")).toHaveText("Say why, for whoever reads it later.");
  await form.getByLabel("Why").fill("Load test until lunch.");
  await form.getByRole("button", { name: "8 hours" }).click();
  await form.getByRole("button", { name: "Silence", exact: true }).click();
  await expect(form).toHaveCount(0);
  await expect(leak).toContainText("silenced");

  await page.getByRole("link", { name: "Silences" }).click();
  const silence = page.getByRole("table", { name: "Silences", exact: true }).getByRole("row", { name: /Load test/ });
  await expect(silence).toContainText('alertname="OpenIncident"');
  await expect(silence).toContainText("owner");
  await silence.getByRole("button", { name: /End the silence/ }).click();
  await expect(page.getByText("Nothing is silenced")).toBeVisible();
  await expect(page.getByRole("table", { name: "Ended silences" })).toContainText("ended by owner");
  await page.getByRole("link", { name: "Firing now" }).click();
  await expect(leak).toContainText("firing");
});

test("a failing burst burns the budget: it fires, shows as burning, and ends when it is over", async ({
  app,
  page,
}) => {
  test.setTimeout(120_000);
  const environment = "burning";
  await burst(app, "handler-failed", environment, 1);
  await page.goto(`/alerts?environment=${environment}`);
  await expect(page.getByText("Nothing fires"), "six journeys are too few to say").toBeVisible();
  await setRule(app, environment, "burn_rate_slow", { enabled: false });
  await setRule(app, environment, "burn_rate_fast", { minSample: 2, keepFiringMs: 0 });
  const fast = page.getByRole("row", { name: /Budget burns fast.*golden path/ });
  await expect(fast).toContainText("page");
  await expect(fast).toContainText("100 × against 14.4 ×");

  await fast.getByRole("link", { name: /Budget burns fast/ }).click();
  const golden = page.getByRole("region", { name: "Golden path", exact: true });
  await expect(golden).toContainText("3 of 6 missed it");
  await expect(golden.getByRole("row", { name: /1 h \/ 5 min/ })).toContainText("100.0 ×");
  await expect(page.getByRole("region", { name: "Connections let in", exact: true })).toContainText(/no data|100 %/);

  await burst(app, "healthy", environment, 80);
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("table", { name: "History" })).toContainText("golden path");
  await page.getByRole("link", { name: "Firing now" }).click();
  await expect(page.getByText("The watchdog fires, as it should.")).toBeVisible();
  await expect(fast).toHaveCount(0);
});

test("an admin sets a rule and a target, and takes them back", async ({ app, page }) => {
  const environment = "set";
  await app.play("healthy", "set-", environment);
  const link = await app.invite("Rita");
  await page.goto(`/alerts?environment=${environment}&tab=rules`);
  const lag = page.getByRole("row", { name: /Judging lags/ });
  await expect(lag).toContainText("0 ms against 30.0 s");
  await lag.getByRole("button", { name: "Edit Judging lags" }).click();
  const rule = page.getByRole("dialog", { name: /Judging lags/ });
  await rule.getByLabel("Fires at").fill("soon");
  await expect(rule.getByRole("alert")).toHaveText("must lie between 1 s and 24 h");
  await rule.getByLabel("Fires at").fill("2 min");
  await rule.getByRole("button", { name: "Save rule" }).click();
  await expect(lag).toContainText("against 2 min 00 s");
  await expect(lag).toContainText("set by owner");

  await page.getByRole("link", { name: "Objectives" }).click();
  await page.getByRole("button", { name: "Set targets" }).click();
  const targets = page.getByRole("dialog", { name: `Targets of ${environment}` });
  await targets.getByLabel("Golden path").fill("97 %");
  await targets.getByRole("button", { name: "Save targets" }).click();
  await expect(page.getByRole("region", { name: "Golden path", exact: true })).toContainText("target 97 %");
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("link", { name: "target 97 %" }).click();
  await expect(page).toHaveURL(/\/alerts\?.*tab=objectives/);

  const reader = await page.context().browser()?.newPage({ storageState: undefined });
  if (!reader) throw new Error("no browser");
  await reader.goto(link);
  await reader.getByRole("button", { name: "Sign in" }).click();
  await reader.goto(`${app.url}/alerts?environment=${environment}&tab=rules`);
  await expect(reader.getByRole("row", { name: /Judging lags/ })).toContainText("against 2 min 00 s");
  await expect(reader.getByRole("button", { name: "Edit Judging lags" })).toHaveCount(0);
  await reader.close();
});
