import type { Tone } from "./prepared-chart";

/** What a series is painted with, as CSS. */
export const TONE_COLOURS: Record<Tone, string> = {
  good: "var(--good-fill)",
  bad: "var(--bad-fill)",
  ink: "var(--ink)",
  accent: "var(--accent)",
  previous: "var(--idle-fill)",
  rest: "var(--idle-fill)",
  "hue-1": "var(--hue-1)",
  "hue-2": "var(--hue-2)",
  "hue-3": "var(--hue-3)",
  "hue-4": "var(--hue-4)",
  "hue-5": "var(--hue-5)",
  "hue-6": "var(--hue-6)",
  "hue-7": "var(--hue-7)",
  "hue-8": "var(--hue-8)",
  "hue-9": "var(--hue-9)",
  "hue-10": "var(--hue-10)",
};
