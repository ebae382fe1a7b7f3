/**
 * At three in the morning: a user's id, or the time in a ticket, leads to the failed journey, to what the user saw, and
 * to a link for a colleague. `npm run story` tells it on a million events; `npm test` on fewer.
 */
import type { Page } from "@playwright/test";
import type { JourneyDetail, JourneyList, UserTimeline } from "@/contracts/http";
import { sendDays } from "@/scripts/seed/send-days";
import type { Found, Story } from "@/scripts/seed/story";
import { get, untilJudged } from "./support/api";
import { expect, test } from "./support/app";

const SEED = 7;
const DAYS = 7;
const HOUR_MS = 3_600_000;
/** Days that end at midnight are the same days whenever they are made. */
const DAY_MS = 24 * HOUR_MS;
const environment = "story";
/** Far more than sending and judging take, so that a slow machine tells the story too. */
const MS_PER_EVENT = 2;

let story: Story;

function found(what: Found | null): Found & { owner: string } {
  if (!what?.label.owner) throw new Error("the made-up days hold no such journey");
  return { ...what, owner: what.label.owner };
}

async function openFound(page: Page, typed: string) {
  await expect(page.getByText(/judged up to/).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find anything" });
  await palette.getByRole("combobox").fill(typed);
  await expect(palette.getByRole("option").first()).toContainText(typed);
  await page.keyboard.press("Enter");
}

test.beforeAll(async ({ app, storyEvents }) => {
  test.setTimeout(120_000 + storyEvents * MS_PER_EVENT);
  const days = {
    seed: SEED,
    events: storyEvents,
    days: DAYS,
    endMs: Math.floor(Date.now() / DAY_MS) * DAY_MS,
    environment,
  };
  const sent = await sendDays(app, days);
  expect(sent.sent).toBe(storyEvents);
  story = sent.story;
  await untilJudged(app, environment);
});

test("from nothing but a user's id to what broke, what the user saw, and a link for a colleague", async ({
  app,
  page,
  browser,
  session,
}) => {
  const { label, owner } = found(story.lostAnswer());
  await page.goto(`/?environment=${environment}`);
  await openFound(page, owner);
  await expect(page.getByRole("heading", { name: owner, level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /never came/ }).first()).toBeVisible();

  await openFound(page, label.id);
  await expect(page.getByRole("heading", { name: label.id, level: 1 })).toBeVisible();
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict).toContainText("failed");
  await expect(verdict).toContainText(owner);
  const told = await get<JourneyDetail>(
    app,
    `/api/v1/journeys/${encodeURIComponent(label.id)}?environment=${environment}`,
  );
  expect(told.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(label.findings));
  expect(told.brokenAt?.step).toBe(label.brokenStep);

  const colleague = await browser.newPage({ storageState: session });
  await colleague.goto(page.url());
  await expect(colleague.getByRole("heading", { name: label.id, level: 1 })).toBeVisible();
  await expect(colleague.getByRole("region", { name: "Verdict" })).toContainText("failed");
  await colleague.close();
});

test("from nothing but the time in a ticket to the journey that failed then", async ({ app, page }) => {
  const { label, atMs } = found(story.lostAnswer());
  const from = new Date(atMs - HOUR_MS / 2).toISOString();
  const to = new Date(atMs + HOUR_MS / 2).toISOString();
  await page.goto(`/journeys?environment=${environment}&status=failed`);
  await page.getByRole("button", { name: "Times" }).click();
  await page.getByLabel("From", { exact: true }).fill(from.slice(0, 19));
  await page.getByLabel("To", { exact: true }).fill(to.slice(0, 19));
  await page.getByRole("button", { name: "Show these times" }).click();
  await expect(page).toHaveURL(/from=.*to=/);
  const path = `/api/v1/journeys?environment=${environment}&status=failed&from=${from.slice(0, 19)}Z&to=${to.slice(0, 19)}Z&limit=100`;
  const { items } = await get<JourneyList>(app, path);
  expect(items.map(({ id }) => id)).toContain(label.id);
  const rows = page.getByRole("region", { name: "Journeys" }).getByRole("link");
  await expect(rows.first()).toContainText(items[0]?.id ?? "");
  await page.getByLabel("Run or message id, or its beginning").fill(label.id);
  await expect(page).toHaveURL(new RegExp(`q=${label.id}`));
  await expect(rows).toHaveCount(1);
  await rows.first().click();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("failed");
});

test("the answer that reached somebody else is told with both names", async ({ page }) => {
  const { label, owner, atMs } = found(story.leak());
  const around = `from=${new Date(atMs - HOUR_MS).toISOString()}&to=${new Date(atMs + HOUR_MS).toISOString()}`;
  await page.goto(`/users/${encodeURIComponent(owner)}?environment=${environment}&${around}`);
  await expect(page.getByText(/message of theirs reached others/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Wrong recipient, leak/ }).first()).toBeVisible();
  await page.goto(`/journeys/${encodeURIComponent(label.id)}?environment=${environment}`);
  await expect(page.getByText("Wrong recipient").first()).toBeVisible();
  await expect(page.getByText(label.leakedTo[0] ?? "nobody").first()).toBeVisible();
});

test("the busiest user's last row is the API's last, with few rows drawn", async ({ app, page }) => {
  const { id } = story.plan.busyUser;
  await page.goto(`/users/${encodeURIComponent(id)}?environment=${environment}`);
  const list = page.getByRole("region", { name: "Events of the timeline" });
  await expect(list.getByRole("listitem").first()).toBeVisible();
  await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  const near = encodeURIComponent(new Date(story.plan.endMs - 24 * HOUR_MS).toISOString());
  const path = `/api/v1/users/${encodeURIComponent(id)}/timeline?environment=${environment}&limit=1000&from=${near}`;
  let answer = await get<UserTimeline>(app, path);
  while (answer.nextCursor)
    answer = await get<UserTimeline>(app, `${path}&cursor=${encodeURIComponent(answer.nextCursor)}`);
  await expect(list.locator(`[data-event="${answer.items.at(-1)?.id}"]`)).toBeVisible();
  expect(await list.getByRole("listitem").count()).toBeLessThanOrEqual(200);
});
