import type { Page } from "@playwright/test";
import type { TimelineEvent, UserTimeline } from "@/contracts/http";
import { get, post, untilJudged } from "./support/api";
import { expect, test } from "./support/app";

const rowsOf = (page: Page) => page.getByRole("region", { name: "Events of the timeline" }).getByRole("listitem");
const drawnEvents = (page: Page) =>
  page.locator("[data-event]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-event")));

test("a user is found by the beginning of the id, and the order stays in the link", async ({ app, page }) => {
  const environment = "found";
  await app.play("healthy", "find-", environment);
  await app.play("completed-never-sent", "lost-", environment);
  await untilJudged(app, environment);
  await page.goto(`/users?environment=${environment}`);
  const users = page.getByRole("region", { name: "Users" }).getByRole("link");
  await expect(users).toHaveCount(2);
  await page.getByRole("button", { name: "Failed" }).click();
  await expect(page).toHaveURL(/sort=failed/);
  await expect(users.first()).toContainText("lost-alice");
  await page.getByLabel("User id, or its beginning").fill("find-");
  await expect(users).toHaveCount(1);
  await page.reload();
  await expect(users).toHaveCount(1);
  await users.first().click();
  await expect(page.getByRole("heading", { name: "find-alice", level: 1 })).toBeVisible();
});

test("what a user saw is filtered, opened and sent as a link; what never came is a hollow mark", async ({
  app,
  page,
  browser,
  session,
}) => {
  const environment = "saw";
  const { events } = await app.play("completed-never-sent", "saw-", environment);
  await untilJudged(app, environment);
  await page.goto(`/users/saw-alice?environment=${environment}`);
  await expect(rowsOf(page).locator("[data-event]")).toHaveCount(events.length);
  expect((await drawnEvents(page)).sort()).toEqual(events.map(({ id }) => id).sort());
  await expect(page.getByRole("button", { name: /Event lost, never came/ })).toBeVisible();

  await page.getByLabel("Stage").selectOption("emitted");
  await expect(page).toHaveURL(/stage=emitted/);
  const emitted = events.filter((event) => event.stage === "emitted");
  await expect(rowsOf(page).locator("[data-event]")).toHaveCount(emitted.length);

  await rowsOf(page).locator("[data-event]").last().click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("supervisor");
  await page.keyboard.press("ArrowLeft");
  await expect(drawer).toContainText(`${emitted.length - 1} of ${emitted.length}`);
  const opened = await drawer.getByRole("link", { name: /failed/ }).getAttribute("href");
  expect(opened).toContain("/journeys/saw-run");

  const colleague = await browser.newPage({ storageState: session });
  await colleague.goto(page.url());
  await expect(colleague.getByRole("dialog")).toContainText(`${emitted.length - 1} of ${emitted.length}`);
  await expect(colleague.getByLabel("Stage")).toHaveValue("emitted");

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rowsOf(page)).toHaveCount(events.length);
});

test("another user's message that reached this one is told apart", async ({ app, page }) => {
  const environment = "foreign";
  const { expect: expected } = await app.play("leak-wrong-connection", "leak-", environment);
  await untilJudged(app, environment);
  const { owner, recipient } = expected.incidents[0] ?? {};
  await page.goto(`/users/${recipient}?environment=${environment}`);
  await expect(page.getByText(`leak of ${owner}`).first()).toBeVisible();
  await expect(page.getByText(/message of others reached them/)).toBeVisible();
  await page.goto(`/users/${owner}?environment=${environment}`);
  await expect(page.getByText(`leak to ${recipient}`).first()).toBeVisible();
});

test("the export holds exactly what is shown", async ({ app, page }) => {
  const environment = "exported";
  const { events } = await app.play("healthy-sub-agents", "ex-", environment);
  await untilJudged(app, environment);
  await page.goto(`/users/ex-alice?environment=${environment}&stage=sent`);
  const sent = events.filter((event) => event.stage === "sent");
  await expect(rowsOf(page).locator("[data-event]")).toHaveCount(sent.length);
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /NDJSON/ }).click(),
  ]);
  const lines = await download.createReadStream().then((stream) => stream.toArray());
  const exported = Buffer.concat(lines).toString().trim().split("\n");
  expect(exported.map((line) => (JSON.parse(line) as TimelineEvent).id)).toEqual(await drawnEvents(page));
});

test.describe("100,000 events of one user", () => {
  const EVENTS = 100_000;
  const BATCH = 2_000;
  const environment = "big";
  const endMs = Date.now() - 60_000;
  const event = (n: number) => ({
    id: `big-${n}`,
    environment,
    time: new Date(endMs - (EVENTS - n) * 500).toISOString(),
    stage: "state",
    type: n % 10 === 0 ? "every_tenth" : "others",
    userId: "big-user",
    attributes: { component: "breaker", state: n % 2 ? "open" : "closed" },
  });
  test.beforeAll(async ({ app }) => {
    test.setTimeout(180_000);
    for (let from = 0; from < EVENTS; from += BATCH) {
      const answer = await post(
        app,
        Array.from({ length: BATCH }, (_, n) => event(from + n)),
      );
      expect(answer.accepted).toBe(BATCH);
    }
  });

  test("are scrolled with few rows drawn, up to the last, which is the API's last", async ({ app, page }) => {
    test.setTimeout(120_000);
    await page.goto(`/users/big-user?environment=${environment}`);
    const list = page.getByRole("region", { name: "Events of the timeline" });
    const last = async () => {
      const near = encodeURIComponent(new Date(endMs - 5_000).toISOString());
      const path = `/api/v1/users/big-user/timeline?environment=${environment}&from=${near}`;
      return (await get<UserTimeline>(app, path)).items.at(-1)?.id;
    };
    await expect(list.locator(`[aria-posinset="${EVENTS}"] [data-event]`)).toHaveAttribute(
      "data-event",
      (await last()) ?? "",
    );
    expect(await rowsOf(page).count()).toBeLessThanOrEqual(200);
    for (const share of [0.5, 0.123, 0.9]) {
      await list.evaluate((box, to) => box.scrollTo(0, box.scrollHeight * to), share);
      await expect.poll(async () => (await drawnEvents(page)).length).toBeGreaterThan(5);
      const shown = await rowsOf(page).evaluateAll((rows) =>
        rows.map((row) => [
          Number(row.getAttribute("aria-posinset")),
          row.querySelector("[data-event]")?.getAttribute("data-event"),
        ]),
      );
      expect(shown.length).toBeLessThanOrEqual(200);
      for (const [place, id] of shown) expect(id).toBe(`big-${Number(place) - 1}`);
    }
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect(list.locator(`[data-event="big-${EVENTS - 1}"]`)).toBeVisible();
  });

  test("are gone to by time, zoomed by dragging, and narrowed by type, all of it in the link", async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto(`/users/big-user?environment=${environment}&tz=utc`);
    const wanted = event(4_321);
    await page.getByLabel("Go to", { exact: true }).fill(wanted.time.slice(0, 19));
    await page.getByRole("button", { name: "Go to this time" }).click();
    await expect(page.locator('[data-event="big-4321"]')).toBeVisible();
    await expect(page).toHaveURL(/at=2/);

    await page.getByLabel("Type").selectOption("every_tenth");
    await expect(page.getByText(`${(EVENTS / 10).toLocaleString("en-GB")}, newest last`)).toBeVisible();
    await expect(page.locator('[data-event="big-4320"], [data-event="big-4330"]').first()).toBeVisible();

    const drawing = page.getByRole("region", { name: "Overview" }).locator("svg.select-none");
    const box = await drawing.boundingBox();
    if (!box) throw new Error("nothing is drawn");
    await page.mouse.move(box.x + box.width * 0.4, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 50, { steps: 5 });
    await page.mouse.up();
    await expect(page).toHaveURL(/from=2.*to=2/);
    await expect(page.getByText(/^[12],\d{3}, newest last/)).toBeVisible();
    await page.reload();
    await expect(page.getByText(/^[12],\d{3}, newest last/)).toBeVisible();
    await page.getByRole("button", { name: "All times" }).click();
    await expect(page).not.toHaveURL(/from=/);
  });
});

test("new events wait behind a pill while the list is read, and come by themselves at its end", async ({
  app,
  page,
}) => {
  const environment = "growing";
  await app.play("healthy", "grow-a-", environment);
  await untilJudged(app, environment);
  await page.goto(`/users/grow-a-alice?environment=${environment}`);
  const rows = rowsOf(page);
  await expect(rows.first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  const before = await rows.count();
  await rows.first().hover();
  const more = (id: string) => ({ id, environment, time: new Date().toISOString(), userId: "grow-a-alice" });
  await post(app, [{ ...more("grow-new"), stage: "emitted", type: "agent_started", runId: "grow-run" }]);
  const pill = page.getByRole("button", { name: "1 new" });
  await expect(pill).toBeVisible();
  await expect(rows).toHaveCount(before);
  await pill.click();
  await expect(page.locator('[data-event="grow-new"]')).toBeVisible();
  await page.mouse.move(5, 5);
  await post(app, [{ ...more("grow-newer"), stage: "emitted", type: "agent_completed", runId: "grow-run" }]);
  await expect(page.locator('[data-event="grow-newer"]')).toBeVisible();
});
