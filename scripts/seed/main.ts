/** `npm run seed`: plays made-up days into a running app, waits until all is judged, and says where to look. */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { assertNever } from "@/domain/assert-never";
import { get } from "@/e2e/support/api";
import { playDays } from "@/synthetic/days/play-days";
import type { DaysOptions } from "@/synthetic/days/types";
import { createProgressLine } from "./progress-line";
import { readArguments, USAGE } from "./read-arguments";
import { sendDays } from "./send-days";

const POLL_MS = 500;
/** The app counts a backlog no further. */
const COUNTED_UP_TO = 100_000;
const say = (text: string) => process.stdout.write(`${text}\n`);
const count = (value: number) => Math.round(value).toLocaleString("en-US");

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function print(days: DaysOptions): Promise<void> {
  process.stdout.on("error", () => process.exit(0));
  for (const { events } of playDays(days)) {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
    if (!process.stdout.write(lines)) await once(process.stdout, "drain");
  }
}

/** Waits for an app that is starting; ends this process where there is none, or none that takes the key. */
async function requireApp(url: string, key: string): Promise<void> {
  for (;;) {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${url}/api/v1/session`, { headers }).catch(() => null);
    if (answer?.ok) return;
    if (!answer) fail(`Nothing listens at ${url}. Start the app (\`npm start\`), or name another with --url.`);
    if (answer.status !== 503) fail(`${url} does not take the key: ${answer.status} ${await answer.text()}`);
    await wait(POLL_MS);
  }
}

async function untilJudged(app: { url: string; key: string }, environment: string): Promise<void> {
  const line = createProgressLine();
  for (;;) {
    const path = `/api/v1/overview?environment=${encodeURIComponent(environment)}`;
    const { judged } = await get<{ judged: { backlog: number } }>(app, path);
    if (judged.backlog === 0) return line.end();
    const more = judged.backlog >= COUNTED_UP_TO ? " or more" : "";
    line.show(`judging: ${count(judged.backlog)}${more} marks wait`);
    await wait(POLL_MS);
  }
}

async function send(days: DaysOptions, url: string, key: string): Promise<void> {
  await requireApp(url, key);
  const { events, environment, seed } = days;
  const line = createProgressLine();
  const end = new Date(days.endMs).toISOString();
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  say(`Sending ${count(events)} events of ${days.days} days up to ${end} to ${url}, environment "${environment}"`);
  const again = `Run it again with --end ${end} to go on where it stopped.`;
  const sent = await sendDays({ url, key }, days, (progress) => {
    const share = ((progress.sent / events) * 100).toFixed(0);
    line.show(`${count(progress.sent)} sent (${share} %), ${count(progress.sent / seconds())}/s`);
  }).catch((error: Error) =>
    fail(`\nStopped: ${error.cause instanceof Error ? error.cause.message : error.message}\n${again}`),
  );
  line.end();
  const sentS = seconds();
  await untilJudged({ url, key }, environment);
  const { story, duplicates } = sent;
  say(`Sent in ${sentS.toFixed(0)} s, judged after ${seconds().toFixed(0)} s (${count(events / seconds())} events/s)`);
  if (duplicates > 0) say(`${count(duplicates)} of them were here already`);
  say(
    `${count(story.journeys())} journeys, ${count(story.status("failed"))} of them built to fail (seed ${seed}, --end ${end})\n`,
  );
  const links = story.links(url, environment);
  const width = Math.max(...links.map(({ shows }) => shows.length));
  for (const { shows, href } of links) say(`${shows.padEnd(width)}  ${href}`);
}

const asked = readArguments(process.argv.slice(2), Date.now());
switch (asked.kind) {
  case "help":
    say(USAGE);
    break;
  case "wrong":
    fail(`${asked.message}\n(--help lists the options)`);
    break;
  case "print":
    await print(asked.days);
    break;
  case "send":
    await send(asked.days, asked.url, asked.key);
    break;
  default:
    assertNever(asked);
}
