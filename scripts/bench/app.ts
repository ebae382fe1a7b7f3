/** The built app for one measurement, with what a sender and a reader of metrics need. */
import { get, post, untilJudged as untilJudgedOf } from "@/e2e/support/api";
import { makeDataDir, removeDataDir, startAppProcess } from "@/e2e/support/app-process";

export interface BenchApp {
  url: string;
  key: string;
  get<T>(path: string): Promise<T>;
  /** Posts one batch. @throws unless every event was accepted */
  post(events: unknown[]): Promise<void>;
  metric(name: string): Promise<number>;
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
    metric: async (name) => {
      const response = await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${app.key}` } });
      const line = (await response.text()).split("\n").find((candidate) => candidate.startsWith(`${name} `));
      return Number(line?.split(" ")[1] ?? Number.NaN);
    },
    end: () => app.end("SIGTERM"),
    stop: async () => {
      await app.end("SIGTERM");
      removeDataDir(dataDir);
    },
  };
}

/** Resolves when nothing waits to be judged any more. */
export function untilJudged(app: BenchApp, environment: string): Promise<void> {
  return untilJudgedOf(app, environment);
}
