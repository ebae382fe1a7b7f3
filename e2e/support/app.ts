/** Fixtures of the page tests: the built app, a signed-in browser, and scenarios played into it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { test as base, expect, type Page } from "@playwright/test";
import { get, post } from "./api";
import { type AppProcess, cleanEnvironment, makeDataDir, removeDataDir, startAppProcess } from "./app-process";
import { instantiate, loadScenarios, type Played } from "./scenario";

const run = promisify(execFile);

export interface RunningApp extends AppProcess {
  /** A fresh sign-in link, as `signalbox invite` prints it. */
  invite(person: string): Promise<string>;
  /** Plays a labelled scenario; `prefix` begins every id in it. `nowMs`: as if it were that time. */
  play(name: string, prefix: string, environment?: string, nowMs?: number): Promise<Played>;
}

type Cookies = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

/** Opens the link and presses the button. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The link that the app printed when it started. */
function printedLink(app: RunningApp): string {
  const path = /\/sign-in\?token=\S+/.exec(app.output())?.[0];
  if (!path) throw new Error(`no sign-in link in:\n${app.output()}`);
  return app.url + path;
}

async function environmentsOf(app: AppProcess): Promise<string[]> {
  return (await get<{ environments: string[] }>(app, "/api/v1/session")).environments;
}

/** `page` is signed in; `anonymous` pages come from `browser.newPage()`. */
export const test = base.extend<{ page: Page }, { app: RunningApp; session: Cookies; storyEvents: number }>({
  /** How many made-up events the story is told on. */
  storyEvents: [Number(process.env.SIGNALBOX_STORY_EVENTS ?? 60_000), { option: true, scope: "worker" }],
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of what a fixture needs here
    async ({}, use) => {
      const dataDir = makeDataDir();
      const running = await startAppProcess({ dataDir, args: ["--print-link"] });
      const scenarios = loadScenarios();
      await use({
        ...running,
        async invite(person) {
          const env = { ...cleanEnvironment(), SIGNALBOX_DATA_DIR: dataDir, SIGNALBOX_URL: running.url };
          const { stdout } = await run(process.execPath, ["bin/signalbox", "invite", person], { env });
          return stdout.trim();
        },
        async play(name, prefix, environment = "default", nowMs = Date.now()) {
          const scenario = scenarios.find((candidate) => candidate.name === name);
          if (!scenario) throw new Error(`no scenario ${name}`);
          const played = instantiate(scenario, { prefix, environment, nowMs });
          const answer = await post(running, played.events);
          expect(answer.rejected).toEqual([]);
          await expect
            .poll(() => environmentsOf(running), "a new environment shows in a moment")
            .toContain(environment);
          return played;
        },
      });
      await running.end("SIGTERM");
      removeDataDir(dataDir);
    },
    { scope: "worker", timeout: 90_000 },
  ],
  session: [
    async ({ app, browser }, use) => {
      const page = await browser.newPage();
      await signIn(page, printedLink(app));
      await page.waitForURL(`${app.url}/`);
      await use(await page.context().storageState());
      await page.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  storageState: async ({ session }, use) => use(session),
});

export { expect };
