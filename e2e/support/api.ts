/** What a program with an admin key does with a running app. */
import { setTimeout as wait } from "node:timers/promises";
import type { BatchAnswer } from "@/contracts/http";

export interface Target {
  url: string;
  key: string;
}

export async function get<T>(app: Target, path: string): Promise<T> {
  const response = await fetch(app.url + path, { headers: { authorization: `Bearer ${app.key}` } });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Posts one batch, waiting when the app asks to. @throws when it is refused as a whole */
export async function post(app: Target, events: unknown[]): Promise<BatchAnswer> {
  for (;;) {
    const response = await fetch(`${app.url}/api/v1/telemetry`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
      body: JSON.stringify(events),
    });
    if (response.ok) return (await response.json()) as BatchAnswer;
    if (response.status !== 429) throw new Error(`POST: ${response.status} ${await response.text()}`);
    await wait(Number(response.headers.get("retry-after") ?? 1) * 1_000);
  }
}

/** POST to the API, parsed. */
export async function send<T>(app: Target, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${app.url}/api/v1/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${app.key}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Resolves when nothing waits to be judged. */
export async function untilJudged(app: Target, environment: string): Promise<void> {
  for (;;) {
    const { judged } = await get<{ judged: { backlog: number } }>(app, `/api/v1/overview?environment=${environment}`);
    if (judged.backlog === 0) return;
    await wait(20);
  }
}

/** All events of an environment as the export streams them. */
export async function exportEvents(app: Target, environment: string, query = ""): Promise<{ id: string }[]> {
  const response = await fetch(`${app.url}/api/v1/events?environment=${environment}${query}`, {
    headers: { authorization: `Bearer ${app.key}` },
  });
  if (!response.ok) throw new Error(`export: ${response.status}`);
  const text = await response.text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id: string });
}
