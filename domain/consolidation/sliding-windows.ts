import type { TrafficWindow } from "./campaign";

/** Steps one after the other, added up to windows of `windowMs` that end with each step from the first whole one on. */
export function slidingWindows(steps: readonly TrafficWindow[], windowMs: number): TrafficWindow[] {
  return steps.flatMap(({ atMs }, last) => {
    const fromMs = atMs - windowMs;
    const first = steps.findIndex((step) => step.fromMs >= fromMs);
    return steps[first]?.fromMs === fromMs ? [together(steps.slice(first, last + 1), fromMs, atMs)] : [];
  });
}

function together(steps: readonly TrafficWindow[], fromMs: number, atMs: number): TrafficWindow {
  const sum = (of: (step: TrafficWindow) => number) => steps.reduce((total, step) => total + of(step), 0);
  const types = new Set(steps.flatMap(({ delivery }) => Object.keys(delivery)));
  const delivery = Object.fromEntries(
    [...types].map((type) => [
      type,
      {
        emitted: sum((step) => step.delivery[type]?.emitted ?? 0),
        delivered: sum((step) => step.delivery[type]?.delivered ?? 0),
      },
    ]),
  );
  return {
    ...{ between: true, fromMs, atMs, delivery },
    ...{ good: sum(({ good }) => good), bad: sum(({ bad }) => bad), leaks: sum(({ leaks }) => leaks) },
  };
}
