/** Labelled telemetry: what was observed, and what must be said about it. Played as often as wanted under other names. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const DIRECTORY = join(import.meta.dirname, "../fixtures/scenarios");
const START_AGO_MS = 15 * 60_000;
const FRESH_AGO_MS = 500;

const expectedJourney = z.strictObject({
  status: z.string(),
  findings: z.array(z.string()),
  findingsNot: z.array(z.string()),
  /** Only the named keys count; null = it did not break. */
  brokenAt: z.record(z.string(), z.string().nullable()).nullable().optional(),
  /** The answer's id is this run. */
  sameAs: z.string().optional(),
});
export type ExpectedJourney = z.infer<typeof expectedJourney>;

const expectedIncident = z.strictObject({
  rule: z.string(),
  severity: z.string(),
  owner: z.string().optional(),
  recipient: z.string().optional(),
  recipients: z.array(z.string()).optional(),
  router: z.string().optional(),
});
export type ExpectedIncident = z.infer<typeof expectedIncident>;

const expectation = z.strictObject({
  /** By run id or message id. */
  journeys: z.record(z.string(), expectedJourney),
  incidents: z.array(expectedIncident),
  /** Leak rules that must not have fired. */
  notIncidents: z.array(z.string()),
  /** So many journeys exist. */
  journeyIds: z.number().optional(),
});
export type Expectation = z.infer<typeof expectation>;

const scenario = z.strictObject({
  name: z.string(),
  why: z.string().optional(),
  /** Its last event happened a moment ago. */
  fresh: z.boolean(),
  /** Its last event happened this long ago. */
  agoMs: z.number().optional(),
  telemetry: z.array(z.looseObject({ id: z.string(), atMs: z.number() })),
  expect: expectation,
});
export type Scenario = z.infer<typeof scenario>;

/** A telemetry event as it goes over a wire. */
export type WireItem = Record<string, unknown> & { id: string; time: string; environment: string };

/** Every scenario, by name. @throws when a file is no scenario */
export function loadScenarios(directory = DIRECTORY): Scenario[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => scenario.parse(JSON.parse(readFileSync(join(directory, file), "utf8"))));
}

export interface Played {
  name: string;
  events: WireItem[];
  expect: Expectation;
}

/**
 * A scenario at a place in time. Every `$` becomes `prefix`, so that it can be played many times. Its last event
 * happened half a second ago where it is fresh, or as long ago as it says; else it started 15 minutes ago.
 */
export function instantiate(
  scenario: Scenario,
  { prefix, environment, nowMs }: { prefix: string; environment: string; nowMs: number },
): Played {
  const { telemetry, fresh, agoMs, expect } = named(scenario, prefix);
  const lastMs = Math.max(0, ...telemetry.map((event) => event.atMs));
  const endAgoMs = fresh ? FRESH_AGO_MS : agoMs;
  const startMs = endAgoMs === undefined ? nowMs - START_AGO_MS : nowMs - endAgoMs - lastMs;
  const events = telemetry.map(({ atMs, ...event }) => ({
    ...event,
    time: new Date(startMs + atMs).toISOString(),
    environment,
  }));
  return { name: scenario.name, events, expect };
}

function named(scenario: Scenario, prefix: string): Scenario {
  return JSON.parse(JSON.stringify(scenario), (_key, value: unknown) => {
    if (typeof value === "string") return value.replaceAll("$", () => prefix);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key.replaceAll("$", () => prefix), child]));
  }) as Scenario;
}
