import type { Page } from "@playwright/test";
import { post, type Target, untilJudged } from "./support/api";
import { expect, type RunningApp, signIn, test } from "./support/app";
import { cleanEnvironment, makeDataDir, removeDataDir, runCli, startAppProcess } from "./support/app-process";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A request that nobody routes: it fails as soon as the policy's patience is over. */
async function ask(app: Target, environment: string, messageId: string, time = Date.now()): Promise<void> {
  const event = { id: `e-${messageId}`, time, stage: "received", type: "user_message", connectionId: "c1", messageId };
  const response = await fetch(`${app.url}/api/v1/telemetry`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
    body: JSON.stringify([{ ...event, environment }]),
  });
  expect(response.ok).toBe(true);
}

async function journey(app: Target, environment: string, id: string) {
  const response = await fetch(`${app.url}/api/v1/journeys/${id}?environment=${environment}`, {
    headers: { authorization: `Bearer ${app.key}` },
  });
  const { status, policyVersion } = (await response.json()) as { status: string; policyVersion: number };
  return { status, policyVersion };
}

async function openSettings(page: Page, tab: string, environment = "default"): Promise<void> {
  await page.goto(`/settings?tab=${tab}&environment=${environment}`);
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
}

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

test("a changed policy judges what begins afterwards; what began before keeps its version", async ({ app, page }) => {
  await ask(app, "rules", "before");
  await untilJudged(app, "rules");
  expect(await journey(app, "rules", "before")).toEqual({ status: "running", policyVersion: 1 });

  await openSettings(page, "policy", "rules");
  await field(page, "Until routed").fill("10");
  await expect(page.getByText("write it with a unit: 500 ms, 30 s, 2 min").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Review …" })).toBeDisabled();
  await field(page, "Until routed").fill("1 ms");
  await page.getByRole("button", { name: "Review …" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("5 s→1 ms");
  await dialog.getByRole("button", { name: "Save version" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("table", { name: "Versions of the policy of rules" })).toContainText("by owner");
  const version = Number(
    await page
      .getByText(/^version \d+, in force/)
      .innerText()
      .then((text) => /\d+/.exec(text)?.[0]),
  );
  expect(version).toBeGreaterThan(1);

  await ask(app, "rules", "after");
  await expect.poll(() => journey(app, "rules", "after")).toEqual({ status: "failed", policyVersion: version });
  expect((await journey(app, "rules", "before")).policyVersion).toBe(1);

  await openSettings(page, "audit", "rules");
  const entry = page.getByRole("row").filter({ hasText: "changed the policy" }).first();
  await expect(entry).toContainText("owner");
  await expect(entry).toContainText("Until routed: 5 s → 1 ms");

  const found = runCli(["verify"], { SIGNALBOX_DATA_DIR: app.dataDir });
  expect(found.output).toContain("no difference");
});

test("a policy that reaches back judges again what began since", async ({ app, page }) => {
  await ask(app, "back", "old", Date.now() - 10 * MINUTE_MS);
  await ask(app, "back", "young", Date.now() - MINUTE_MS);
  await expect.poll(() => journey(app, "back", "young")).toEqual({ status: "failed", policyVersion: 1 });
  await openSettings(page, "policy", "back");
  await field(page, "Until routed").fill("2 h");
  await page.getByRole("button", { name: "Review …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("since a time, which are judged again").click();
  await expect(dialog.getByText("2 journeys would be judged again")).toBeVisible();
  const since = new Date(Date.now() - 5 * MINUTE_MS).toISOString().slice(0, 19);
  await dialog.getByLabel("Since", { exact: true }).fill(since);
  await expect(dialog.getByText("1 journey would be judged again")).toBeVisible();
  await dialog.getByRole("button", { name: "Save version" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await journey(app, "back", "young")).status).toBe("running");
  expect(await journey(app, "back", "old")).toEqual({ status: "failed", policyVersion: 1 });
});

test("a key is made, shown once, used, revoked and refused", async ({ app, page }) => {
  await openSettings(page, "keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await field(page, "Name").fill("bot");
  await page.getByRole("radio", { name: /^read/ }).check();
  await page.getByRole("button", { name: "Make the key" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("never shown again");
  const secret = (await dialog.getByRole("region", { name: "Key", exact: true }).innerText()).trim();
  await expect(dialog.getByRole("region", { name: "Try it" })).toContainText(`Authorization: Bearer ${secret}`);
  const use = () => fetch(`${app.url}/api/v1/overview`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await use()).status).toBe(200);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText(secret)).toHaveCount(0);

  await page.getByRole("button", { name: "Revoke bot" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("cannot be used again");
  await question.getByRole("button", { name: "Revoke" }).click();
  await expect(question).toBeHidden();
  expect((await use()).status).toBe(401);
  await page.goto("/settings?tab=keys&state=revoked");
  await expect(page.getByRole("row").filter({ hasText: "bot" })).toContainText("by owner");
});

test("a canary token is issued, shown once, found where it does not belong, and deleted", async ({ app, page }) => {
  await openSettings(page, "canaries", "planted");
  await expect(page.getByText("No token has been issued")).toBeVisible();
  await page.getByRole("button", { name: "Issue a token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Issue the token" }).click();
  await expect(dialog).toContainText("name the user");
  await field(page, "User").fill("canary-ann");
  await dialog.getByRole("button", { name: "Issue the token" }).click();
  const token = (await dialog.getByText(/^sbxc_/).innerText()).trim();
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  const time = Date.now();
  const at = { time, environment: "planted", connectionId: "c-bob" };
  await post(app, [
    { ...at, id: "opened", stage: "connection_opened" },
    { ...at, id: "login", stage: "connection_authenticated", userId: "canary-bob" },
    { ...at, id: "said", stage: "received", type: "user_message", messageId: "in", runId: "run" },
    {
      ...at,
      id: "told",
      stage: "sent",
      type: "agent_completed",
      messageId: "out",
      runId: "run",
      payload: { text: token },
    },
  ]);
  await page.goto("/incidents?environment=planted");
  const incident = page.getByRole("row", { name: /Canary seen/ });
  await expect(incident).toContainText("canary-ann");
  await expect(incident).toContainText("planted for");
  await expect(incident).toContainText("canary-bob");

  await openSettings(page, "canaries", "planted");
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole("button", { name: "Delete the canary of canary-ann" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No token has been issued")).toBeVisible();
});

const dayRow = (page: Page, daysAgo: number) =>
  page.getByRole("row", { name: new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10) });

test("a dry run says what retention would drop, and drops nothing until it is confirmed", async ({ app, page }) => {
  for (const days of [3, 5]) await ask(app, "kept", `of-${days}-days`, Date.now() - days * DAY_MS);
  await openSettings(page, "retention");
  await field(page, "Keep telemetry for, in days").fill("1");
  // Other days than these may be stored too.
  await expect(page.getByText(/would drop \d+ days, \d+ events, \d+ kB/)).toBeVisible();
  for (const days of [3, 5]) await expect(dayRow(page, days)).toContainText("would go");
  await expect(dayRow(page, 0)).not.toContainText("would go");
  await page.getByRole("button", { name: "Save and drop …" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("There is no way back");
  await question.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(field(page, "Keep telemetry for, in days")).toHaveValue("14");
  await page.reload();
  await expect(page.getByText("Stored now")).toBeVisible();
  await expect(field(page, "Keep telemetry for, in days")).toHaveValue("14");
});

test("an alias and an allowed field count for the next event", async ({ app, page }) => {
  await openSettings(page, "aliases", "names");
  await field(page, "Name sent").fill("pondering");
  await page.getByRole("combobox", { name: "Counts as" }).fill("agent_thinking");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeHidden();
  await openSettings(page, "fields");
  await page.getByLabel("Add to Names allowed here").fill("api_key");
  await page.keyboard.press("Enter");
  await expect(page.getByText("would store credentials in plain")).toBeVisible();
  await page.getByLabel("Add to Names allowed here").fill("model");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeHidden();

  const event = { id: "n1", time: Date.now(), stage: "emitted", type: "pondering", runId: "n1", environment: "names" };
  const sent = await page.request.post(`${app.url}/api/v1/telemetry`, {
    headers: { authorization: `Bearer ${app.key}` },
    data: [{ ...event, attributes: { model: "large-2", mood: "happy" } }],
  });
  expect(sent.ok()).toBe(true);
  const stored = await fetch(`${app.url}/api/v1/events?environment=names`, {
    headers: { authorization: `Bearer ${app.key}` },
  }).then((response) => response.json() as Promise<{ type: string; originalType: string; attributes: object }>);
  expect(stored).toMatchObject({ type: "agent_thinking", originalType: "pondering", attributes: { model: "large-2" } });
  expect(JSON.stringify(stored)).not.toContain("happy");
});

test("who may only read sees the values and can change none", async ({ app, browser }) => {
  const page = await reader(app, browser.newPage({ storageState: { cookies: [], origins: [] }, baseURL: app.url }));
  await openSettings(page, "policy");
  await expect(page.getByText("You may read settings.")).toBeVisible();
  await expect(field(page, "Until routed")).toBeDisabled();
  await openSettings(page, "retention");
  await expect(field(page, "Keep telemetry for, in days")).toBeDisabled();
  for (const [tab, what] of [
    ["keys", "Keys"],
    ["people", "People and their sessions"],
    ["audit", "The audit log and what it holds"],
  ]) {
    await openSettings(page, tab ?? "");
    await expect(page.getByText(`${what} are for admins`)).toBeVisible();
  }
});

async function reader(app: RunningApp, opened: Promise<Page>): Promise<Page> {
  const page = await opened;
  await signIn(page, await app.invite("Kim"));
  await page.waitForURL(`${app.url}/`);
  return page;
}

test("a limit that a variable sets is shown with its name and cannot be changed", async ({ browser }) => {
  const dataDir = makeDataDir();
  const app = await startAppProcess({ dataDir, env: { SIGNALBOX_RETENTION_DAYS: "7" } });
  const env = { ...cleanEnvironment(), SIGNALBOX_DATA_DIR: dataDir, SIGNALBOX_URL: app.url };
  const link = runCli(["invite", "Ada", "--role", "admin"], env as Record<string, string>).output.trim();
  const page = await browser.newPage({ storageState: { cookies: [], origins: [] }, baseURL: app.url });
  await signIn(page, link);
  await openSettings(page, "retention");
  await expect(field(page, "Keep telemetry for, in days")).toHaveValue("7");
  await expect(field(page, "Keep telemetry for, in days")).toBeDisabled();
  await expect(page.getByText("SIGNALBOX_RETENTION_DAYS")).toBeVisible();
  await expect(field(page, "Use at most this much disk")).toBeEnabled();
  await page.close();
  await app.end("SIGTERM");
  removeDataDir(dataDir);
});
