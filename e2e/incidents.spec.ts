import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { incidentBundle } from "@/contracts/http";
import { post } from "./support/api";
import { expect, type RunningApp, test } from "./support/app";
import { instantiate, loadScenarios } from "./support/scenario";

const SCENARIOS = loadScenarios().filter(({ name }) => name === "leak-wrong-connection");

/** Alice's answer reaches Bob, by a version. */
async function leak(app: RunningApp, environment: string, prefix: string, version: string): Promise<void> {
  const played = SCENARIOS.map((scenario) => instantiate(scenario, { prefix, environment, nowMs: Date.now() }));
  const events = played.flatMap((each) => each.events.map((event) => ({ ...event, version })));
  await post(app, events);
}

const badge = (page: Page) => page.getByRole("banner").getByRole("link", { name: /open critical incident/ });

test("a leak appears live, is taken on by name, resolved, and comes back naming its version", async ({ app, page }) => {
  const environment = "oncall";
  await leak(app, environment, "first-", "1.0.0");
  await page.goto(`/journeys?environment=${environment}`);
  await expect(badge(page)).toHaveAccessibleName("1 open critical incident");
  await expect(page).toHaveTitle("(1) Journeys · Signalbox");

  await badge(page).click();
  await expect(page).toHaveURL(/state=waiting.*severity=critical/);
  const table = page.getByRole("table", { name: "Leaks" });
  await table.getByRole("link", { name: /Wrong recipient/ }).click();
  await expect(page.getByRole("heading", { name: "Wrong recipient", level: 1 })).toBeVisible();
  await expect(page).toHaveTitle("(1) Incident · Signalbox");
  const facts = page.getByRole("region", { name: "Incident", exact: true });
  await expect(facts).toContainText("WebSocketEventRouter");
  await expect(page.getByRole("table", { name: "Versions" })).toContainText("1.0.0");
  await expect(page.getByRole("table", { name: "Reached" })).toContainText("first-bob");
  await expect(page.getByRole("list", { name: "Journeys" })).toContainText("first-run7");

  const receiver = page.getByRole("region", { name: "Who received it" });
  await expect(receiver).toContainText("It was written to connection first-c4");
  await expect(receiver).toContainText("which was first-bob's since");
  await expect(receiver).toContainText("connection_authenticated");
  const hops = page.getByRole("table", { name: "The delivery" }).getByRole("row");
  await expect(hops).toContainText([/Stage/, /emitted.*first-alice/, /sent.*WebSocketEventRouter.*first-bob's/]);
  const both = page.getByRole("table", { name: "What both users did around the moment" });
  await expect(both.getByRole("columnheader")).toContainText(["Time", "first-alice", "first-bob"]);
  await expect(both.getByRole("row", { name: /part of the proof/ }).last()).toContainText("on first-c4, first-bob's");

  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("Acknowledged by owner")).toBeVisible();
  await expect(badge(page)).toHaveCount(0);
  await expect(page).toHaveTitle("Incident · Signalbox");
  await page.getByRole("textbox", { name: "Note" }).fill("The handler of another user. Fixed in 1.0.1.");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByText("Resolved by owner")).toBeVisible();

  await leak(app, environment, "second-", "1.0.2");
  await expect(page.getByText("It came back in 1.0.2")).toBeVisible();
  await expect(badge(page)).toHaveAccessibleName("1 open critical incident");
  await expect(page.getByRole("list", { name: "History" }).getByRole("listitem")).toContainText([
    "Came back in 1.0.2.",
    "owner resolved it.",
    "The handler of another user. Fixed in 1.0.1.",
    "owner acknowledged it.",
    "Found in 1.0.0.",
  ]);

  await page
    .getByRole("list", { name: "Occurrences" })
    .getByRole("button", { name: /first-alice/ })
    .click();
  await expect(page).toHaveURL(/occurrence=/);
  await page.reload();
  await expect(receiver).toContainText("which was first-bob's since");

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^incident-[0-9a-f]+\.json$/);
  const bundle = incidentBundle.parse(JSON.parse(await readFile(await download.path(), "utf8")));
  expect(bundle.incident).toMatchObject({ status: "regressed", regressed: { version: "1.0.2" } });
  expect(bundle.evidence).toHaveLength(2);
  expect(bundle.leftOut.notes).toBe(1);

  await page.getByRole("button", { name: "Mute" }).click();
  await page.getByRole("button", { name: "8 hours" }).click();
  await expect(badge(page)).toHaveCount(0);
  await expect(page.getByText(/Muted until/)).toBeVisible();
  await page.getByRole("button", { name: "Unmute" }).click();
  await expect(badge(page)).toBeVisible();
});

test("the list is narrowed by state, severity, rule and router, in the address", async ({ app, page }) => {
  const environment = "narrowed";
  await leak(app, environment, "n-", "1.0.0");
  await page.goto(`/incidents?environment=${environment}`);
  const row = page.getByRole("table", { name: "Leaks" }).getByRole("link", { name: /Wrong recipient/ });
  await expect(row).toBeVisible();
  await page.getByLabel("State").selectOption("resolved");
  await expect(page.getByText("No incident matches")).toBeVisible();
  await expect(page).toHaveURL(/state=resolved/);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(row).toBeVisible();
  await page.getByLabel("Router").fill("WebSocketEventRouter");
  await expect(page).toHaveURL(/router=WebSocketEventRouter/);
  await expect(row).toBeVisible();
  await page.getByLabel("Severity").selectOption("warning");
  await expect(page.getByText("No incident matches")).toBeVisible();
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the page has no known barrier in ${colorScheme}, and fits a phone`, async ({ app, page }) => {
    const environment = `axe-${colorScheme}`;
    await leak(app, environment, "axe-", "1.0.0");
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`/incidents?environment=${environment}`);
    await page.getByRole("link", { name: /Wrong recipient/ }).click();
    await expect(page.getByRole("list", { name: "Journeys" })).toContainText("axe-run7");
    await expect(page.getByRole("list", { name: "History" })).toContainText("Found in 1.0.0.");
    await expect(page.getByRole("table", { name: "The delivery" })).toContainText("axe-bob's");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(over).toBe(0);
  });
}
