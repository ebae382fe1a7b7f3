/**
 * The rules that find leaks. Each is a pure function of the events and the connection intervals, in a file of its own;
 * a rule listed here is judged, grouped into incidents and shown without further wiring.
 */
import type { Severity } from "../journeys/types";

export const LEAK_RULES = {
  wrong_recipient: {
    severity: "critical" as Severity,
    title: "A message reached another user",
  },
} as const;
export type LeakRule = keyof typeof LEAK_RULES;
