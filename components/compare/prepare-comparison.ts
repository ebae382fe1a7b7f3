/** Two journeys held side by side at their steps. Decides what differs; the views only draw it. */
import type { JourneyDetail, StepView } from "@/contracts/http";

export interface StepSide {
  state: StepView["state"];
  hop: string | null;
  at: string | null;
  /** Since the request; negative for what was before it. */
  sinceMs: number | null;
  /** Since the step before it that was seen after the request. */
  gapMs: number | null;
  router: string | null;
  handler: string | null;
  version: string | null;
  instance: string | null;
  eventId: string | null;
  /** The journey broke here. */
  breaks: boolean;
}

export type StepField = "state" | "hop" | "gap" | "router" | "handler" | "version" | "instance";

export interface StepRow {
  step: string;
  left: StepSide | null;
  right: StepSide | null;
  differs: StepField[];
}

const NAMES = ["router", "handler", "version", "instance"] as const;
/** A silence counts as longer from twice the other's on, if it is longer by this. */
const LONGER_BY_MS = 250;

export function compareSteps(left: JourneyDetail, right: JourneyDetail): StepRow[] {
  const [lefts, rights] = [sidesOf(left), sidesOf(right)];
  return [...new Set([...lefts.keys(), ...rights.keys()])].map((step) => {
    const sides = { left: lefts.get(step) ?? null, right: rights.get(step) ?? null };
    return { step, ...sides, differs: differing(sides.left, sides.right) };
  });
}

/** The first step at which the two went different ways, whatever the times and places; null where they never did. */
export function partingStep(rows: readonly StepRow[]): StepRow | null {
  const apart: StepField[] = ["state", "hop", "router", "handler"];
  return rows.find(({ differs }) => differs.some((field) => apart.includes(field))) ?? null;
}

function sidesOf(journey: JourneyDetail): Map<string, StepSide> {
  const startMs = Date.parse(journey.startedAt);
  let beforeMs: number | null = null;
  const sides = new Map<string, StepSide>();
  for (const { step, state, hop, at, proof } of journey.steps) {
    const atMs = at === null ? null : Date.parse(at);
    const breaks = journey.brokenAt?.step === step;
    sides.set(step, {
      state,
      hop: hop ?? (breaks ? (journey.brokenAt?.hop ?? null) : null),
      at,
      sinceMs: atMs === null ? null : atMs - startMs,
      gapMs: atMs === null || beforeMs === null ? null : atMs - beforeMs,
      router: proof?.router ?? (breaks ? (journey.brokenAt?.router ?? null) : null),
      handler: proof?.handler ?? null,
      version: proof?.version ?? null,
      instance: proof?.instance ?? null,
      eventId: proof?.eventId ?? null,
      breaks,
    });
    if (atMs !== null && atMs >= startMs) beforeMs = atMs;
  }
  return sides;
}

function differing(left: StepSide | null, right: StepSide | null): StepField[] {
  if (!left || !right) return left || right ? ["state"] : [];
  const found: StepField[] = [];
  if (outcomeOf(left) !== outcomeOf(right)) found.push("state");
  if (left.hop !== right.hop && left.at !== null && right.at !== null) found.push("hop");
  if (left.gapMs !== null && right.gapMs !== null && muchLonger(left.gapMs, right.gapMs)) found.push("gap");
  // What one side does not name is unknown, not different.
  for (const name of NAMES) if (left[name] && right[name] && left[name] !== right[name]) found.push(name);
  return found;
}

/** Whether nobody needed a step, saw it or waits for it yet: in all three it was not seen, and nothing is wrong. */
function outcomeOf({ state }: StepSide): string {
  return state === "not_needed" || state === "not_observed" || state === "pending" ? "not seen" : state;
}

function muchLonger(a: number, b: number): boolean {
  const [less, more] = a < b ? [a, b] : [b, a];
  return more - less >= LONGER_BY_MS && more >= 2 * less;
}
