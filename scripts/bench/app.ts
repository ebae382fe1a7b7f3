/** The built app for one measurement, with what a sender and a reader of metrics need. */
import { setTimeout as wait } from "node:timers/promises";
import { get, post } from "@/e2e/support/api";
import { makeDataDir, removeDataDir, startAppProcess } from "@/e2e/support/app-process";

export interface BenchApp {
  url: string;
  key: string;
  get<T>(path: string): Promise<T>;
  /** Posts one batch. @throws unless every event was accepted */
  post(events: unknown[]): Promise<void>;
  /** Values of what Prometheus would read, in the order of the names. */
  metrics(...names: string[]): Promise<number[]>;
  dataDir: string;
  /** Ends the process; the data stays. */
  end(): Promise<void>;
  /** Ends the process and removes the data. */
  stop(): Promise<void>;
}

/** Starts the app on a new data directory, with `env` beside what it needs. */
export async function startBenchApp(env: Record<string, string> = {}): Promise<BenchApp> {
  const dataDir = makeDataDir();
  const app = await startAppProcess({ dataDir, env: { DATABASE_URL: "", ...env } });
  return {
    url: app.url,
    dataDir,
    key: app.key,
    get: (path) => get(app, path),
    post: async (events) => {
      const answer = await post(app, events);
      if (answer.accepted !== events.length) throw new Error(`not accepted: ${JSON.stringify(answer).slice(0, 500)}`);
    },
    metrics: async (...names) => {
      const response = await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${app.key}` } });
      const lines = (await response.text()).split("\n");
      return names.map((name) =>
        Number(lines.find((line) => line.startsWith(`${name} `))?.split(" ")[1] ?? Number.NaN),
      );
    },
    end: () => app.end("SIGTERM"),
    stop: async () => {
      await app.end("SIGTERM");
      removeDataDir(dataDir);
    },
  };
}

/** Seldom enough that asking takes no share of the processor worth telling. */
const ASK_EVERY_MS = 200;

/** Resolves when nothing waits to be judged any more. */
export async function untilJudged(app: BenchApp): Promise<void> {
  for (;;) {
    const [backlog] = await app.metrics("signalbox_judge_backlog");
    if (backlog === 0) return;
    await wait(ASK_EVERY_MS);
  }
}
