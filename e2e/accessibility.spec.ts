import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { send } from "./support/api";
import { expect, test } from "./support/app";

const ENVIRONMENT = "axe";
const SETTINGS_TABS = ["policy", "aliases", "fields", "retention", "sources", "canaries", "keys", "people", "audit"];
const PAGES = [
  { path: "/", ready: "Failures by cause" },
  { path: "/journeys", ready: "axe-run4" },
  { path: "/journeys/axe-run4", ready: "Telemetry events" },
  { path: "/journeys/axe-run4#event=axe-e9", ready: "As stored, redacted" },
  { path: "/users", ready: "axe-alice" },
  { path: "/users/axe-alice", ready: "newest last" },
  { path: "/users/axe-alice#event=axe-e9", ready: "As stored, redacted" },
  { path: "/routers", ready: "Routing consistency" },
  { path: "/routers/MessageRouter", ready: "Where it runs" },
  { path: "/incidents", ready: "Leaks" },
  { path: "/alerts", ready: "Open incident" },
  { path: "/alerts?tab=objectives", ready: "Delivery of critical types" },
  { path: "/alerts?tab=history", ready: "No alert has ended yet" },
  { path: "/alerts?tab=rules", ready: "Budget burns fast" },
  { path: "/alerts?tab=silences", ready: "Nothing is silenced" },
  { path: "/alerts?tab=channels", ready: "nobody listens at the address" },
  { path: "/consolidation", ready: "Consolidation" },
  { path: "/consolidation/tests", ready: "No test run has been uploaded" },
  { path: "/sources", ready: "Quality of the data" },
  { path: "/connect", ready: "Two ways in" },
  ...[
    "Until routed",
    "Name sent",
    "built in",
    "Stored now",
    "Sources",
    "No token has been issued",
    "Keys",
    "Sessions",
    "Audit log",
  ].map((ready, i) => ({ path: `/settings?tab=${SETTINGS_TABS[i]}`, ready })),
];

async function open(page: Page, { path, ready }: { path: string; ready: string }) {
  const [route, hash] = path.split("#");
  const query = `${route?.includes("?") ? "&" : "?"}environment=${ENVIRONMENT}`;
  await page.goto(`${route}${query}${hash ? `#${hash}` : ""}`);
  await expect(page.getByText(ready).first()).toBeVisible();
}

test.beforeAll(async ({ app }) => {
  await app.play("completed-never-sent", "axe-", ENVIRONMENT);
  await app.play("leak-wrong-connection", "axe-leak-", ENVIRONMENT);
  // Nobody listens there.
  const channel = { kind: "webhook", name: "axe-channel", url: "http://127.0.0.1:9/", environments: [ENVIRONMENT] };
  const { id } = await send<{ id: string }>(app, "channels", channel);
  await send(app, `channels/${id}/test`);
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`no page has a known barrier in ${colorScheme}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const target of PAGES) {
      await open(page, target);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((violation) => `${target.path}: ${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    }
  });
}

test.describe("on a phone, far from the server", () => {
  test.use({ timezoneId: "America/New_York", viewport: { width: 390, height: 844 } });
  test("no page and no table scrolls sideways, breaks the content security policy or logs an error", async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const problems: string[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(`${page.url()} ${error.message}`));
    for (const target of PAGES) {
      await open(page, target);
      problems.push(...(await tooWide(page)).map((what) => `${target.path}: ${what} is too wide`));
    }
    await page.goto(`/?environment=${ENVIRONMENT}&from=2026-01-01T00:00:00.000Z&to=2026-01-01T01:00:00.000Z`);
    await expect(page.getByText("No journey finished").first()).toBeVisible();
    expect(problems).toEqual([]);
  });
});

/** The page, and the captions of tables, that reach beyond what holds them. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("table:not(.sr-only *)")]
      .filter((box) => box.scrollWidth > (box.parentElement?.clientWidth ?? window.innerWidth))
      .map((box) => box.querySelector(":scope > caption")?.textContent ?? "the page"),
  );
}
